package io.github.fapipack.authority;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.keys.Attributes;
import org.keycloak.keys.KeyProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The issuing keys of a realm. */
final class IssuingKeys {

  private static final Logger LOGGER = Logger.getLogger(IssuingKeys.class);

  private static final Set<String> PROVIDERS =
      Set.of(IssuingKeyFactory.ID, GeneratedIssuingKeyFactory.ID);

  /** With the component in Keycloak's cache, as Keycloak keeps its own keys. */
  private static final String NOTE = IssuingKey.class.getName();

  private IssuingKeys() {}

  /** Those that are enabled, the one with the highest priority first. */
  static List<IssuingKey> of(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    return components(realm)
        .map(model -> read(session, realm, model))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The one that issues. */
  static Optional<IssuingKey> active(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    long now = Time.currentTimeMillis();
    return components(realm)
        .filter(model -> model.get(Attributes.ACTIVE_KEY, true))
        .map(model -> read(session, realm, model))
        .filter(key -> key != null && key.isValidAt(now))
        .findFirst();
  }

  static Optional<IssuingKey> byId(KeycloakSession session, String id) {
    return of(session).stream().filter(key -> key.id().equals(id)).findFirst();
  }

  private static Stream<ComponentModel> components(RealmModel realm) {
    return realm
        .getComponentsStream(realm.getId(), KeyProvider.class.getName())
        .filter(model -> PROVIDERS.contains(model.getProviderId()))
        .filter(model -> model.get(Attributes.ENABLED_KEY, true))
        .sorted(
            Comparator.comparingLong(
                    (ComponentModel model) -> -model.get(Attributes.PRIORITY_KEY, 0L))
                .thenComparing(ComponentModel::getId));
  }

  static KeyProvider provider(KeycloakSession session, ComponentModel model) {
    return new IssuingKeyProvider(model, read(session, session.getContext().getRealm(), model));
  }

  private static IssuingKey read(KeycloakSession session, RealmModel realm, ComponentModel model) {
    IssuingKey known = model.getNote(NOTE);
    if (known != null) {
      return known;
    }
    try {
      IssuingKey key = new KeyReader(session, realm, model).read();
      model.setNote(NOTE, key);
      return key;
    } catch (KeyFault | RuntimeException e) {
      LOGGER.errorf(
          e, "The issuing key %s of realm %s cannot be used", model.getName(), realm.getName());
      return null;
    }
  }

  static void validate(KeycloakSession session, RealmModel realm, ComponentModel model)
      throws ComponentValidationException {
    try {
      KeyCheck.check(new KeyReader(session, realm, model).read());
    } catch (KeyFault e) {
      LOGGER.debug("An issuing key is refused", e);
      // Keycloak formats the text, which would break at an apostrophe.
      throw new ComponentValidationException("{0}", e.getMessage());
    }
  }
}
