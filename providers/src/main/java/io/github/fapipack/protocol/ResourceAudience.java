package io.github.fapipack.protocol;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.token.RestrictResourceIndicators;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorsPostProcessorFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;

/**
 * Replaces Keycloak's experimental resource indicators in realms with rules of the pack; {@link
 * RestrictResourceIndicators} determines the audience.
 */
public final class ResourceAudience extends ResourceIndicatorsPostProcessorFactory {

  @Override
  public TokenPostProcessor create(KeycloakSession session) {
    return RealmRules.of(session).isEmpty()
            && Profile.isFeatureEnabled(Profile.Feature.RESOURCE_INDICATORS)
        ? super.create(session)
        : context -> {};
  }

  /**
   * Also supported without the feature, so that Keycloak's own one cannot be switched on
   * additionally.
   */
  @Override
  public boolean isSupported(Config.Scope config) {
    return true;
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }
}
