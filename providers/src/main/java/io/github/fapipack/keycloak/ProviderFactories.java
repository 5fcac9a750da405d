package io.github.fapipack.keycloak;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.DefaultKeycloakSessionFactory;

/**
 * Keycloak's table of provider factories. A factory can take the place of another one under the
 * same id; to stand in front of all of a kind, whoever made them, there is no other way than this.
 */
public final class ProviderFactories {

  private static final String TABLE = "factoriesMap";

  private ProviderFactories() {}

  /**
   * Puts something in the place of every factory of a kind, under the same id; called while the
   * server starts.
   *
   * @throws IllegalStateException if this Keycloak does not keep its factories as expected: better
   *     no server than one that goes past us
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
            throw new IllegalStateException("Keycloak does not use what stands in for " + id);
          }
        });
  }

  @SuppressWarnings("unchecked") // the type that the field is declared with
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
