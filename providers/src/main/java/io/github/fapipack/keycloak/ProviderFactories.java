package io.github.fapipack.keycloak;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.DefaultKeycloakSessionFactory;

/**
 * Keycloak's table of provider factories. A factory can replace another one with the same id; but
 * to wrap all factories of a kind, including those of other extensions, this is the only way.
 */
public final class ProviderFactories {

  static final String TABLE = "factoriesMap";

  private ProviderFactories() {}

  /**
   * Replaces every factory of a kind under the same id; called while the server starts.
   *
   * @throws IllegalStateException if this Keycloak does not keep its factories as expected, so that
   *     the server does not start without the wrappers
   */
  public static void replaceAll(
      KeycloakSessionFactory keycloak,
      Class<? extends Provider> kind,
      UnaryOperator<ProviderFactory<?>> replacement) {
    Map<String, ProviderFactory<?>> factories = table(keycloak).get(kind);
    factories.replaceAll((id, factory) -> replacement.apply(factory));
    factories.forEach(
        (id, factory) -> {
          if (keycloak.getProviderFactory(kind, id) != factory) {
            throw new IllegalStateException("Keycloak does not use the replacement of " + id);
          }
        });
  }

  @SuppressWarnings("unchecked") // the declared type of the field
  private static Map<Class<? extends Provider>, Map<String, ProviderFactory<?>>> table(
      KeycloakSessionFactory keycloak) {
    try {
      Field field = DefaultKeycloakSessionFactory.class.getDeclaredField(TABLE);
      field.setAccessible(true);
      return (Map<Class<? extends Provider>, Map<String, ProviderFactory<?>>>) field.get(keycloak);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Keycloak has no table of provider factories any more", e);
    }
  }
}
