package io.github.fapipack.http;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.Interaction;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.cors.DefaultCorsFactory;

/**
 * Lets scripts read the pack's response headers wherever Keycloak allows scripts: a client in a
 * browser must see a nonce to use it (RFC 9449 8).
 */
public final class ReadableHeaders extends DefaultCorsFactory {

  @Override
  public Cors create(KeycloakSession session) {
    Cors cors = super.create(session);
    if (!RealmRules.of(session).isEmpty()) {
      cors.exposedHeaders("DPoP-Nonce", HttpHeaders.WWW_AUTHENTICATE, Interaction.HEADER);
    }
    return cors;
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }
}
