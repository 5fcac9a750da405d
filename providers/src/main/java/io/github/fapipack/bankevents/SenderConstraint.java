package io.github.fapipack.bankevents;

import io.github.fapipack.resource.TokenHolder;
import jakarta.ws.rs.WebApplicationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.util.MtlsHoKTokenUtil;
import org.keycloak.util.TokenUtil;

/**
 * That an access token at the admin API is bound to a key of its sender, and is sent with proof of
 * it. A realm without rules, such as the one of the server's administrators, issues other tokens as
 * well.
 */
final class SenderConstraint {

  private SenderConstraint() {}

  /**
   * Checks the token of a request that Keycloak has let pass.
   *
   * @throws WebApplicationException 401 with a challenge (RFC 6750 3)
   */
  static void require(KeycloakSession session, AccessToken token) {
    AccessToken.Confirmation bound = token.getConfirmation();
    if (bound == null || (bound.getKeyThumbprint() == null && bound.getCertThumbprint() == null)) {
      throw TokenHolder.invalidToken(
          "the access token is not sender-constrained; get one with a DPoP proof or a client"
              + " certificate");
    }
    if (bound.getCertThumbprint() != null
        && !MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
            token, session.getContext().getHttpRequest(), session)) {
      throw TokenHolder.invalidToken("the access token is bound to another client certificate");
    }
    // Keycloak verifies the proof of a token that comes with this scheme, and of no other.
    if (bound.getKeyThumbprint() != null && !isDpop(session, token)) {
      throw TokenHolder.invalidToken(
          "the access token is bound to a DPoP key; send it with the scheme DPoP and a proof");
    }
  }

  private static boolean isDpop(KeycloakSession session, AccessToken token) {
    AppAuthManager.AuthHeader header =
        AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
            session.getContext().getHttpRequest().getHttpHeaders());
    return header != null
        && TokenUtil.TOKEN_TYPE_DPOP.equalsIgnoreCase(header.getScheme())
        && TokenUtil.TOKEN_TYPE_DPOP.equalsIgnoreCase(token.getType());
  }
}
