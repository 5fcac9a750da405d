package io.github.fapipack.keycloak;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/**
 * A provider factory without settings, with nothing to do when the server starts, and nothing open
 * when it stops. Keycloak's interface has no defaults for these three.
 *
 * @param <T> the kind of provider
 */
public interface PlainFactory<T extends Provider> extends ProviderFactory<T> {

  @Override
  default void init(Config.Scope config) {}

  @Override
  default void postInit(KeycloakSessionFactory factory) {}

  @Override
  default void close() {}
}
