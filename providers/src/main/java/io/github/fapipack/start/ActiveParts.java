package io.github.fapipack.start;

import io.github.fapipack.keycloak.Dispensable;
import io.github.fapipack.start.Hooks.Registration;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.services.cors.Cors;

/**
 * Which parts of the pack this server uses: how many of each package, and which it does not use,
 * and why. A part is a class by its name in the pack, such as {@code protocol.LastGate}. A part for
 * a feature of Keycloak that is switched off counts as neither.
 */
record ActiveParts(Map<String, Long> active, Map<String, String> inactive) {

  private static final String ROOT = "io.github.fapipack.";

  /** For these SPIs Keycloak uses only one provider, whatever its name. */
  private static final List<Class<? extends Provider>> ONE_OF_MANY =
      List.of(
          ClientPolicyManager.class,
          Cors.class,
          HttpClientProvider.class,
          PublicKeyStorageProvider.class,
          SingleUseObjectProvider.class);

  private static final String NOT_FOUND = "Keycloak does not find it";

  static ActiveParts of(KeycloakSessionFactory factory, Hooks hooks) {
    ActiveParts parts = new ActiveParts(new TreeMap<>(), new TreeMap<>());
    for (Registration registration : hooks.registrations()) {
      if (registration.factory().equals(Spi.class.getName())) {
        parts.add(
            registration.type(),
            factory.getSpis().stream().anyMatch(spi -> isA(spi, registration.type()))
                ? null
                : NOT_FOUND);
      } else {
        parts.add(factory, registration);
      }
    }
    for (String filter : hooks.filters()) {
      parts.add(filter, CDI.current().select(load(filter)).isResolvable() ? null : NOT_FOUND);
    }
    return parts;
  }

  private void add(KeycloakSessionFactory factory, Registration registration) {
    Optional<Spi> spi =
        factory.getSpis().stream()
            .filter(s -> s.getProviderFactoryClass().getName().equals(registration.factory()))
            .findFirst();
    if (spi.isEmpty()) {
      add(registration.type(), "Keycloak does not use " + registration.factory());
      return;
    }
    Class<? extends Provider> kind = spi.get().getProviderClass();
    if (factory.getProviderFactoriesStream(kind).anyMatch(f -> isA(f, registration.type()))) {
      ProviderFactory<?> chosen = factory.getProviderFactory(kind);
      add(
          registration.type(),
          ONE_OF_MANY.contains(kind) && !isA(chosen, registration.type())
              ? "in its place: " + chosen.getClass().getName()
              : null);
      return;
    }
    ProviderFactory<?> absent = instance(registration.type());
    if (absent instanceof Dispensable) {
      return;
    }
    ProviderFactory<?> other = factory.getProviderFactory(kind, absent.getId());
    if (other != null) {
      add(registration.type(), "in its place: " + other.getClass().getName());
    } else if (!(absent instanceof EnvironmentDependentProviderFactory dependent)
        || dependent.isSupported(Config.scope(spi.get().getName(), absent.getId()))) {
      add(registration.type(), "switched off");
    } else if (!isBuiltIn(absent.getClass().getSuperclass())
        && !(ONE_OF_MANY.contains(kind) && isBuiltIn(factory.getProviderFactory(kind)))) {
      add(registration.type(), "a feature of Keycloak that it needs is switched off");
    }
  }

  /** A part that replaces a provider of Keycloak may be off if that provider would be off too. */
  private static boolean isBuiltIn(ProviderFactory<?> used) {
    return used != null && isBuiltIn(used.getClass());
  }

  private static boolean isBuiltIn(Class<?> type) {
    return type.getName().startsWith("org.keycloak.");
  }

  /** Adds a part, which is active if there is no reason why not. */
  private void add(String type, String reasonInactive) {
    int nested = type.indexOf('$');
    String part = type.substring(ROOT.length(), nested < 0 ? type.length() : nested);
    if (reasonInactive == null) {
      active.merge(part.substring(0, part.indexOf('.')), 1L, Long::sum);
    } else {
      inactive.put(part, reasonInactive);
    }
  }

  private static boolean isA(Object provider, String type) {
    return provider != null && provider.getClass().getName().equals(type);
  }

  private static ProviderFactory<?> instance(String type) {
    try {
      return (ProviderFactory<?>) load(type).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String type) {
    try {
      return Class.forName(type, false, ActiveParts.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
