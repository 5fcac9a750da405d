package io.github.fapipack.client;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Whom a request names as its client, which proves nothing. */
public final class NamedClient {

  private NamedClient() {}

  /** The client_id in the form, in the header for a secret, or in the assertion; as it was sent. */
  public static Optional<String> of(KeycloakSession session) {
    return Credentials.of(session).named();
  }
}
