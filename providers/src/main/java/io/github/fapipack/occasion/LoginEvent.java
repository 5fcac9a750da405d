package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A user is about to log in by another protocol than OpenID Connect, or the client is about to be
 * told which user is logged in.
 *
 * @param client the client concerned, or null if the request does not say
 * @param protocol Keycloak's name of the protocol
 * @param loggedIn whether a user has logged in, so that the client is proven by more than its name
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
