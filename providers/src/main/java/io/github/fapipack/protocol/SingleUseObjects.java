package io.github.fapipack.protocol;

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
 * Puts {@link SingleUse} in the place of Keycloak's store in the memory of the nodes; stores
 * elsewhere, such as the database of the feature {@code stateless}, stay as they are.
 */
public final class SingleUseObjects
    implements SingleUseObjectProviderFactory<SingleUseObjectProvider>,
        EnvironmentDependentProviderFactory {

  private final Embedded keycloaks = new Embedded();

  /** Keycloak's factory, whose cache is for its heirs. */
  private static final class Embedded extends InfinispanSingleUseObjectProviderFactory {
    BasicCache<String, SingleUseObjectValueEntity> cache() {
      return singleUseObjectCache;
    }
  }

  @Override
  public SingleUseObjectProvider create(KeycloakSession session) {
    return new SingleUse(session, keycloaks.create(session), keycloaks.cache());
  }

  @Override
  public void init(Config.Scope config) {
    keycloaks.init(config);
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    keycloaks.postInit(factory);
  }

  @Override
  public void close() {
    keycloaks.close();
  }

  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return keycloaks.dependsOn();
  }

  @Override
  public boolean isSupported(Config.Scope config) {
    return keycloaks.isSupported(config);
  }

  /** Keycloak's own, so that its settings hold for us. */
  @Override
  public String getId() {
    return keycloaks.getId();
  }

  /** Above Keycloak's own. */
  @Override
  public int order() {
    return 1000;
  }
}
