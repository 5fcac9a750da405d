package io.github.fapipack.protocol;

import io.github.fapipack.keycloak.Order;
import java.util.Set;
import org.infinispan.commons.api.BasicCache;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.SingleUseObjectProviderFactory;
import org.keycloak.models.sessions.infinispan.InfinispanSingleUseObjectProviderFactory;
import org.keycloak.models.sessions.infinispan.entities.SingleUseObjectValueEntity;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.Provider;

/**
 * Replaces Keycloak's in-memory store by {@link SingleUse}; other stores, such as the database of
 * the feature {@code stateless}, stay unchanged.
 */
public final class SingleUseObjects
    implements SingleUseObjectProviderFactory<SingleUseObjectProvider>,
        EnvironmentDependentProviderFactory {

  private final Embedded original = new Embedded();

  /** Keycloak's factory; makes its protected cache accessible. */
  private static final class Embedded extends InfinispanSingleUseObjectProviderFactory {
    BasicCache<String, SingleUseObjectValueEntity> cache() {
      return singleUseObjectCache;
    }
  }

  @Override
  public SingleUseObjectProvider create(KeycloakSession session) {
    return new SingleUse(session, original.create(session), original.cache());
  }

  @Override
  public void init(Config.Scope config) {
    original.init(config);
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    original.postInit(factory);
  }

  @Override
  public void close() {
    original.close();
  }

  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return original.dependsOn();
  }

  @Override
  public boolean isSupported(Config.Scope config) {
    return original.isSupported(config);
  }

  /** Keycloak's own id, so that its settings apply. */
  @Override
  public String getId() {
    return original.getId();
  }

  /** Above Keycloak's own. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }
}
