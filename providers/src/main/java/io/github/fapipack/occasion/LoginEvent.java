package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Somebody is about to log in, or to be told who has, by another protocol than OpenID Connect.
 *
 * @param client the client concerned, or null where the request does not say
 * @param protocol Keycloak's name of the protocol
 * @param loggedIn whether a user has logged in, so that more than a name speaks for the client
 */
public record LoginEvent(ClientModel client, String protocol, boolean loggedIn)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return loggedIn;
  }
}
