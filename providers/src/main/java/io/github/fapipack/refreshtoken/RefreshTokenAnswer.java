package io.github.fapipack.refreshtoken;

import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessTokenResponse;

/**
 * What a token response says about the refresh token, beyond Keycloak's response.
 *
 * @param idleEnd when the client must use it next, in seconds since the epoch, or null
 * @param same whether the client keeps exactly the token that it sent: Keycloak would sign it
 *     again, possibly with another key
 */
public record RefreshTokenAnswer(Long idleEnd, boolean same) {

  private static final RequestKey<RefreshTokenAnswer> KEPT = new RequestKey<>();

  /** Keeps it for the response of the current request. */
  public void keep(KeycloakSession session) {
    KEPT.set(session, this);
  }

  /** Writes what was kept into a token response of Keycloak. */
  public static Response complete(KeycloakSession session, Response made) {
    if (made.getEntity() instanceof AccessTokenResponse response
        && response.getRefreshToken() != null) {
      KEPT.in(session).ifPresent(answer -> answer.writeTo(response, session));
    }
    return made;
  }

  private void writeTo(AccessTokenResponse response, KeycloakSession session) {
    if (same) {
      response.setRefreshToken(
          session
              .getContext()
              .getHttpRequest()
              .getDecodedFormParameters()
              .getFirst(OAuth2Constants.REFRESH_TOKEN));
    }
    if (idleEnd != null) {
      long idle = idleEnd - Time.currentTimeSeconds();
      long known = response.getRefreshExpiresIn();
      response.setRefreshExpiresIn(known == 0 ? idle : Math.min(known, idle));
    }
  }
}
