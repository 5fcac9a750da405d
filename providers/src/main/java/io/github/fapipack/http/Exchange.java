package io.github.fapipack.http;

import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * A request to a realm that has rules of ours; our filters leave every other one alone.
 *
 * @param session the session of the request, with its realm set
 * @param place where the request went
 */
record Exchange(KeycloakSession session, Place place) {

  static Optional<Exchange> of(ContainerRequestContext request) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null || session.isClosed() || RealmRules.of(session).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Exchange(session, Place.of(request)));
  }
}
