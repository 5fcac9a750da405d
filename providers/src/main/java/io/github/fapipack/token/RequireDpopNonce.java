package io.github.fapipack.token;

import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.request.DpopProof;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/**
 * DPoP proofs must contain a nonce of this server, so that a proof that was made in advance or read
 * from a log is useless. Off by default, because a client needs a second request for its first
 * nonce. A refusal for a missing nonce does not use up the code, the refresh token or the client
 * assertion.
 */
@RuleId("fapi2-require-dpop-nonce")
@Clause({"FAPI2-SP 5.3.2.1-10", "RFC9449 8-1", "RFC9449 9-1"})
public final class RequireDpopNonce extends Rule<RequireDpopNonce.Settings> {

  private static final String HEADER = "DPoP-Nonce";

  /** Whether nonces are required, and how long one is valid. */
  public record Settings(
      @Setting(
              label = "Required",
              help = "Whether a proof without a nonce of this server is refused.",
              value = "false")
          boolean required,
      @Setting(
              label = "Lifetime (seconds)",
              help = "Seconds for which a nonce is accepted at least; twice that at most.",
              value = "120")
          int seconds) {

    public Settings {
      if (seconds < 10 || seconds > 3600) {
        throw new IllegalArgumentException("field 'seconds' must be between 10 and 3600");
      }
    }
  }

  public RequireDpopNonce() {
    super(Settings.class, "Demands a nonce of this server in DPoP proofs.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    if (!settings.required()) {
      return;
    }
    // The nonce depends only on the realm and is the same for all clients, because clients keep the
    // last one of an origin (RFC 9449 8.2, 9).
    if (occasion.context() instanceof ClientAuthenticationEvent
        || (occasion.context() instanceof ResourceRequestEvent request
            && "DPoP".equalsIgnoreCase(request.scheme()))) {
      check(occasion, new DpopNonces(occasion.session(), settings.seconds()));
    }
  }

  private static void check(Occasion occasion, DpopNonces nonces) throws Refusal {
    Optional<DpopProof> proof = DpopProof.of(occasion.session());
    if (proof.isEmpty()) {
      return; // other rules require a proof where one is needed
    }
    Optional<String> nonce = proof.get().nonce();
    if (nonce.isEmpty() || !nonces.isAcceptable(nonce.get())) {
      throw new Refusal(
              "use_dpop_nonce",
              "the DPoP proof needs a nonce of this server; send it again with the one in the"
                  + " DPoP-Nonce header",
              occasion.context() instanceof ResourceRequestEvent
                  ? Status.UNAUTHORIZED
                  : Status.BAD_REQUEST)
          .header(HEADER, nonces.current());
    }
    if (!nonces.current().equals(nonce.get())) {
      occasion.session().getContext().getHttpResponse().setHeader(HEADER, nonces.current());
    }
  }
}
