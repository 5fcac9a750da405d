package io.github.fapipack.protocol;

import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.token.RestrictResourceIndicators;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorsPostProcessorFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;

/**
 * Takes the place of Keycloak's experimental resource indicators in realms with our rules, of which
 * {@link RestrictResourceIndicators} decides the audience.
 */
public final class ResourceAudience extends ResourceIndicatorsPostProcessorFactory {

  @Override
  public TokenPostProcessor create(KeycloakSession session) {
    return RealmRules.of(session).isEmpty()
            && Profile.isFeatureEnabled(Profile.Feature.RESOURCE_INDICATORS)
        ? super.create(session)
        : context -> {};
  }

  /** Also without the feature, so that it cannot be switched on beside us unseen. */
  @Override
  public boolean isSupported(Config.Scope config) {
    return true;
  }

  /** Wins over the factory with the same id. */
  @Override
  public int order() {
    return 1;
  }
}
