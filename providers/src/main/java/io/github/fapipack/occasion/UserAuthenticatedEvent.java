package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The user has logged in, and is about to be asked for consent. What is wrong with the login is
 * refused before anybody decides anything.
 *
 * @param authentication the authentication session, which knows the user
 */
public record UserAuthenticatedEvent(AuthenticationSessionModel authentication)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return authentication.getClient();
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return true;
  }

  @Override
  public boolean concernsSettings() {
    return false;
  }
}
