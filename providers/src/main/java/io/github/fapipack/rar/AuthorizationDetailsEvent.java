package io.github.fapipack.rar;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A client asks for authorization details at the authorization endpoint or without a user.
 *
 * @param client the client
 * @param json the parameter as it was sent
 */
record AuthorizationDetailsEvent(ClientModel client, String json) implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return false; // the client authenticates, or has pushed or signed its request
  }
}
