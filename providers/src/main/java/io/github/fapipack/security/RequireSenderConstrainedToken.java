package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import org.keycloak.OAuth2Constants;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * No access token leaves unless it is bound to a DPoP key or a client certificate, whatever the
 * grant and whatever the client's switches say. DPoP wins where a request has both; otherwise the
 * token is bound to the certificate of the request (RFC 8705 section 3).
 *
 * <p>Refresh tokens of confidential clients are bound to the client through its authentication, so
 * that it may renew key and certificate (RFC 9449 section 5, RFC 8705 section 7.1).
 */
@Clause({"FAPI2-SP 5.3.2.1-4", "FAPI2-SP 5.3.2.1-5", "RFC8705 3-1", "RFC8705 7.1-1"})
public final class RequireSenderConstrainedToken extends Rule<NoSettings> {

  public RequireSenderConstrainedToken() {
    super(
        NoSettings.class,
        "Issues only access tokens that are bound to a DPoP key or a client certificate.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      checkRequest(occasion, request);
    } else if (occasion.context() instanceof TokenEvent tokens && tokens.accessToken() != null) {
      bind(occasion, tokens.accessToken());
    }
  }

  /** Refuses before anything is spent; the last gate below would refuse too, but later. */
  private static void checkRequest(Occasion occasion, ClientAuthenticationEvent request)
      throws Refusal {
    if (request.endpoint().isToken()
        && request.certificates().isEmpty()
        && occasion.request().getHttpHeaders().getHeaderString(OAuth2Constants.DPOP_HTTP_HEADER)
            == null) {
      throw unbound();
    }
    if (occasion.isEnforced()) {
      CertificateRenewal.allow(occasion.session(), request.client());
    }
  }

  private static void bind(Occasion occasion, AccessToken token) throws Refusal {
    AccessToken.Confirmation confirmation = token.getConfirmation();
    if (confirmation != null && confirmation.getKeyThumbprint() != null) {
      confirmation.setJktType(null); // Keycloak's own addition; cnf is read by resource servers
      return;
    }
    AccessToken.Confirmation certificate =
        MtlsHoKTokenUtil.bindTokenWithClientCertificate(occasion.request(), occasion.session());
    if (certificate == null) {
      throw unbound();
    }
    token.setConfirmation(certificate);
  }

  private static Refusal unbound() {
    return Refusal.invalidRequest(
        "the token would not be sender-constrained; send a DPoP proof in the DPoP header, or use"
            + " mutual TLS");
  }
}
