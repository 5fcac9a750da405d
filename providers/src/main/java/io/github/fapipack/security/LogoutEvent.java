package io.github.fapipack.security;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;

/**
 * Somebody is to be sent on after a logout.
 *
 * @param client the client that the request names
 * @param redirectUri value of {@code post_logout_redirect_uri}
 */
public record LogoutEvent(ClientModel client, String redirectUri) implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }
}
