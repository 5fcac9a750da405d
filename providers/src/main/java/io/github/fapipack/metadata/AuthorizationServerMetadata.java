package io.github.fapipack.metadata;

import io.github.fapipack.keycloak.Order;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The document of RFC 8414; replaces Keycloak's own and has the same content as OpenID Discovery.
 */
public final class AuthorizationServerMetadata extends OAuth2WellKnownProviderFactory {

  @Override
  public WellKnownProvider create(KeycloakSession session) {
    return new RealmMetadata(session, super.create(session), getOpenidConfigOverride());
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }
}
