package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.IDToken;

/**
 * A user is about to be redirected after a logout.
 *
 * @param client the client that the request names
 * @param redirectUri value of {@code post_logout_redirect_uri}
 * @param hint value of {@code id_token_hint}, or null
 */
public record LogoutEvent(ClientModel client, String redirectUri, String hint)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    IDToken verified = session.tokens().decode(hint, IDToken.class);
    return verified != null && client.getClientId().equals(verified.getIssuedFor());
  }
}
