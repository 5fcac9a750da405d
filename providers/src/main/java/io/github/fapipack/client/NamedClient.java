package io.github.fapipack.client;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The client that a request names, which is not proven. */
public final class NamedClient {

  private NamedClient() {}

  /**
   * The client_id in the form, in the header with a secret, or in the assertion; as it was sent.
   */
  public static Optional<String> of(KeycloakSession session) {
    return Credentials.of(session).named();
  }
}
