package io.github.fapipack.metadata;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The document of OpenID Connect Discovery, in place of Keycloak's own and with all of its options;
 * a member set in Keycloak's override file keeps the last word.
 */
public final class OpenIdConfiguration extends OIDCWellKnownProviderFactory {

  @Override
  public WellKnownProvider create(KeycloakSession session) {
    return new RealmMetadata(session, super.create(session), getOpenidConfigOverride());
  }

  /** Wins over the factory with the same id. */
  @Override
  public int order() {
    return 1;
  }
}
