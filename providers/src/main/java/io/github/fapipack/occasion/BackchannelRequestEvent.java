package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A client that has authenticated asks for the authentication of a user (CIBA 7.1). Nothing of the
 * request has been read yet, and nobody has been asked.
 *
 * @param client the authenticated client
 * @param form the decoded form
 */
public record BackchannelRequestEvent(ClientModel client, MultivaluedMap<String, String> form)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return true;
  }
}
