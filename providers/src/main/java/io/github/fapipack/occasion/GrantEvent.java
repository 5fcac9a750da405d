package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A grant that needs no client authentication is requested; for all others there is a {@link
 * ClientAuthenticationEvent}.
 *
 * @param client the client concerned, or null if the request does not say
 * @param grantType value of {@code grant_type}
 * @param verified whether a token of the client was verified
 */
public record GrantEvent(ClientModel client, String grantType, boolean verified)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return verified;
  }
}
