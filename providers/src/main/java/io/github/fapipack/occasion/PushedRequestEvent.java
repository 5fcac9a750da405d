package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A pushed authorization request has passed every check, and its {@code request_uri} is about to be
 * issued: the moment to use up one-time values.
 *
 * @param client the authenticated client
 */
public record PushedRequestEvent(ClientModel client) implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return true;
  }
}
