package io.github.fapipack.token;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * Every access token is bound to a DPoP key or a client certificate, for every grant and regardless
 * of the client's switches. If a request has both, the token is bound to the DPoP key (RFC 8705
 * section 3).
 *
 * <p>Refresh tokens of confidential clients are bound to the client through its authentication, so
 * that it may renew key and certificate (RFC 9449 section 5, RFC 8705 section 7.1).
 */
@RuleId("fapi2-require-sender-constrained-token")
@Clause({
  "FAPI2-SP 5.3.2.1-4",
  "FAPI2-SP 5.3.2.1-5",
  "RFC8705 3-1",
  "RFC8705 7.1-1",
  "FAPI1-ADV 5.2.2-5",
  "FAPI1-ADV 5.2.2-6"
})
public final class RequireSenderConstrainedToken
    extends Rule<RequireSenderConstrainedToken.Bindings> {

  private static final String DPOP = "dpop";
  private static final String MTLS = "mtls";
  private static final String SWITCH = OIDCConfigAttributes.DPOP_BOUND_ACCESS_TOKENS;
  private static final String SWITCH_NAME = "dpop_bound_access_tokens";
  private static final String CERTIFICATE = OIDCConfigAttributes.USE_MTLS_HOK_TOKEN;
  private static final String CERTIFICATE_NAME = "tls_client_certificate_bound_access_tokens";

  /** What tokens may be bound to. */
  public record Bindings(
      @Setting(
              label = "Bindings",
              help = "dpop, mtls, or both; FAPI 1.0 knows mtls only.",
              value = "dpop mtls")
          List<String> bindings) {

    public Bindings {
      if (bindings == null || bindings.isEmpty() || !Set.of(DPOP, MTLS).containsAll(bindings)) {
        throw new IllegalArgumentException("field 'bindings' must name dpop, mtls, or both");
      }
      bindings = List.copyOf(bindings);
    }

    /** Whether tokens may be bound to a DPoP key. */
    public boolean dpop() {
      return bindings.contains(DPOP);
    }

    /** Whether tokens may be bound to a client certificate. */
    public boolean mtls() {
      return bindings.contains(MTLS);
    }
  }

  public RequireSenderConstrainedToken() {
    super(
        Bindings.class,
        "Issues only access tokens that are bound to a DPoP key or a client certificate.");
  }

  @Override
  protected void check(Occasion occasion, Bindings settings) throws Refusal {
    if (occasion.context() instanceof PreAuthorizationRequestContext) {
      correct(occasion, settings);
    } else if (occasion.context() instanceof ClientAuthenticationEvent request) {
      correct(occasion, settings);
      checkRequest(occasion, request, settings);
    } else if (occasion.context() instanceof TokenEvent tokens && tokens.accessToken() != null) {
      bind(occasion, tokens, settings);
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(proposed.get(), settings);
    }
  }

  /**
   * Each switch makes Keycloak require that binding in every request; with both on, it requires
   * both.
   */
  private static void checkRegistered(ProposedClient client, Bindings settings) throws Refusal {
    boolean dpop = client.isOn(SWITCH);
    boolean mtls = client.isOn(CERTIFICATE);
    if (dpop && !settings.dpop()) {
      client.refuseNew(SWITCH_NAME, SWITCH, "must be off; tokens are bound to certificates here");
    }
    if (mtls && !settings.mtls()) {
      client.refuseNew(
          CERTIFICATE_NAME, CERTIFICATE, "must be off; tokens are bound to DPoP keys here");
    }
    if (dpop && mtls && client.changes(SWITCH, CERTIFICATE)) {
      throw ProposedClient.refusal(
          CERTIFICATE_NAME
              + " ("
              + CERTIFICATE
              + ") and "
              + SWITCH_NAME
              + " ("
              + SWITCH
              + ") must not both be on, since a token is bound once; switch one off",
          CERTIFICATE);
    }
  }

  /** Whether tokens of the current request's realm may be bound to a DPoP key. */
  public static boolean takesDpop(KeycloakSession session) {
    return RealmRules.of(session)
        .settings(session, RequireSenderConstrainedToken.class)
        .map(Bindings::dpop)
        .orElse(true);
  }

  /**
   * Otherwise Keycloak would require a proof that this rule refuses, and refuse the hybrid flow.
   */
  private static void correct(Occasion occasion, Bindings settings) {
    ClientModel client = occasion.client();
    if (!settings.dpop() && client != null && Boolean.parseBoolean(client.getAttribute(SWITCH))) {
      occasion.correct(client, SWITCH + " off", stored -> stored.setAttribute(SWITCH, "false"));
    }
  }

  /** Refuses before the code is used up; the check below would refuse too, but later. */
  private static void checkRequest(
      Occasion occasion, ClientAuthenticationEvent request, Bindings settings) throws Refusal {
    boolean proof =
        occasion.request().getHttpHeaders().getHeaderString(OAuth2Constants.DPOP_HTTP_HEADER)
            != null;
    if (proof && !settings.dpop()) {
      throw Refusal.invalidRequest(
          "tokens are bound to client certificates here",
          "send no DPoP header, and use mutual TLS");
    }
    boolean certificate = settings.mtls() && !request.certificates().isEmpty();
    if (request.endpoint() == Endpoint.TOKEN && !certificate && !proof) {
      throw unbound(settings);
    }
    if (request.endpoint() == Endpoint.TOKEN && !proof && settings.dpop()) {
      ForgottenProof.refuse(occasion, request.form());
    }
    if (occasion.isEnforced()) {
      CertificateRenewal.allow(occasion.session(), request.client());
    }
  }

  private static void bind(Occasion occasion, TokenEvent tokens, Bindings settings) throws Refusal {
    AccessToken token = tokens.accessToken();
    AccessToken.Confirmation confirmation = token.getConfirmation();
    if (settings.dpop() && confirmation != null && confirmation.getKeyThumbprint() != null) {
      confirmation.setJktType(null); // Keycloak's own addition; resource servers read cnf
      ForgottenProof.note(occasion, tokens);
      return;
    }
    AccessToken.Confirmation certificate =
        settings.mtls()
            ? MtlsHoKTokenUtil.bindTokenWithClientCertificate(
                occasion.request(), occasion.session())
            : null;
    if (certificate == null) {
      throw unbound(settings);
    }
    token.setConfirmation(certificate);
  }

  private static Refusal unbound(Bindings settings) {
    String proof = settings.dpop() ? "send a DPoP proof in the DPoP header" : null;
    String certificate = settings.mtls() ? "use mutual TLS" : null;
    return Refusal.invalidRequest(
        "the token would not be sender-constrained",
        Stream.of(proof, certificate)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", or ")));
  }
}
