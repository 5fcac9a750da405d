package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The user has logged in and consented, and the authorization response is about to be made.
 *
 * @param authentication the authentication session that ends with it
 * @param user who has logged in
 */
public record AuthorizationResponseEvent(AuthenticationSessionModel authentication, UserModel user)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return authentication.getClient();
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return true;
  }
}
