package io.github.fapipack.protocol;

import io.github.fapipack.rule.BrokenJws;
import io.github.fapipack.rule.Printable;
import io.github.fapipack.token.RestrictIdTokenClaims;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.LogoutEndpoint;
import org.keycloak.services.ErrorResponseException;

/**
 * Keycloak's logout, with two corrections: it logs an unknown client_id unescaped, and fails on a
 * malformed logout token. It also accepts ID tokens without {@code typ} and {@code sid}.
 */
final class PrintableLogout extends LogoutEndpoint {

  /** The longest client_id. */
  private static final int LONGEST = 255;

  private final KeycloakSession session;

  PrintableLogout(KeycloakSession session, EventBuilder event) {
    super(session, new RestrictIdTokenClaims.Hints(), event);
    this.session = session;
  }

  /** Both methods are handled here. */
  @Override
  public Response logout(
      String encodedIdToken,
      String clientId,
      String postLogoutRedirectUri,
      String state,
      String uiLocales,
      String initiatingIdp) {
    return super.logout(
        encodedIdToken,
        Printable.of(clientId, LONGEST),
        postLogoutRedirectUri,
        state,
        uiLocales,
        initiatingIdp);
  }

  @Override
  public Response backchannelLogout() {
    String token =
        session
            .getContext()
            .getHttpRequest()
            .getDecodedFormParameters()
            .getFirst(OAuth2Constants.LOGOUT_TOKEN);
    if (token != null && BrokenJws.is(token)) {
      throw new ErrorResponseException(
          OAuthErrorException.INVALID_REQUEST,
          "logout_token is not a JWT; send one that the identity provider has signed",
          Response.Status.BAD_REQUEST);
    }
    return super.backchannelLogout();
  }
}
