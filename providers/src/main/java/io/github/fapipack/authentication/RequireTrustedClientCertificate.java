package io.github.fapipack.authentication;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * With mutual TLS a client is identified by a trusted authority: the chain must be valid, and the
 * certificate must have the one registered name (RFC 8705 2.1). If self-signed certificates are
 * allowed, the certificate must instead be in the client's key set (RFC 8705 2.2). Keycloak
 * compares names as text, or with a pattern, and checks the chain only if the client registers its
 * authority.
 */
@RuleId("fapi2-require-trusted-client-certificate")
@Clause({
  "RFC8705 2.1-1",
  "RFC8705 2.1.2-1",
  "RFC8705 2.1.2-2",
  "RFC8705 2.2-1",
  "RFC8705 2-1",
})
public final class RequireTrustedClientCertificate extends Rule<NoSettings> {

  /** The id of the client whose certificate it is. */
  private static final RequestKey<String> ACCEPTED = new RequestKey<>();

  public RequireTrustedClientCertificate() {
    super(
        NoSettings.class,
        "Client certificates must come from a trusted authority and have the one name that the"
            + " client has registered, or be registered themselves.");
  }

  /** Whether the rule has accepted the client's certificate in this request. */
  public static boolean hasAccepted(KeycloakSession session, ClientModel client) {
    return ACCEPTED.in(session).filter(client.getId()::equals).isPresent();
  }

  /**
   * Whether the rule would accept the certificate, for the case that another rule refused the
   * request first.
   */
  public static boolean accepts(KeycloakSession session, ClientAuthenticationEvent request) {
    if (hasAccepted(session, request.client())) {
      return true;
    }
    try {
      checkRequest(session, request);
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request
        && X509ClientAuthenticator.PROVIDER_ID.equals(request.method())) {
      ACCEPTED.remove(occasion.session());
      checkRequest(occasion.session(), request);
      ACCEPTED.set(occasion.session(), request.client().getId());
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()
        && X509ClientAuthenticator.PROVIDER_ID.equals(proposed.get().authenticator())) {
      ExpectedCertificate.checkRegistered(proposed.get());
    }
  }

  private static void checkRequest(KeycloakSession session, ClientAuthenticationEvent request)
      throws Refusal {
    if (request.certificates().isEmpty()) {
      throw Refusal.invalidClient(
          "the client is registered for mutual TLS", "connect with its certificate");
    }
    X509Certificate shown = request.certificates().get(0);
    if (SelfSignedCertificate.isMethodOf(request.client())) {
      ExpectedCertificate.checkSelfSigned(request.client());
      SelfSignedCheck.check(session, request.client(), shown);
    } else {
      // The chain is checked first: the sentence about differences is only for holders of a
      // certificate of the authority.
      TrustedChain.check(session, request.client(), request.certificates());
      ExpectedCertificate.check(request.client(), shown);
    }
  }
}
