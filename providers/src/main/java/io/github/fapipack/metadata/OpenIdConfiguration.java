package io.github.fapipack.metadata;

import io.github.fapipack.keycloak.Order;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The document of OpenID Connect Discovery; replaces Keycloak's own and supports all of its
 * options; members in Keycloak's override file take precedence.
 */
public final class OpenIdConfiguration extends OIDCWellKnownProviderFactory {

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
