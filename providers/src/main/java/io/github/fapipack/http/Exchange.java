package io.github.fapipack.http;

import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * A request to a realm with rules of the pack; the pack's filters ignore all other requests.
 *
 * @param session the session of the request, with its realm set
 * @param endpoint the endpoint of the request
 */
record Exchange(KeycloakSession session, Endpoint endpoint) {

  /** The callers of the endpoint. */
  Endpoint.Audience audience() {
    return endpoint.audience();
  }

  static Optional<Exchange> of(ContainerRequestContext request) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null || session.isClosed() || RealmRules.of(session).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Exchange(session, Endpoint.of(request)));
  }
}
