package io.github.fapipack.registration;

import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.rule.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Distinguishes {@link SigningMetadata} that a client has registered from values that an
 * administrator has put into the same attributes: a second attribute keeps a copy of each
 * registered value. If the two differ, an administrator has changed the value, and registrations no
 * longer change it.
 */
final class OwnMetadata {

  private static final String CONSENT_TEXT = ClientScopeModel.CONSENT_SCREEN_TEXT;
  private static final String REGISTERED = "fapi.registered.";

  private static final List<String> NAMES =
      Stream.concat(SigningMetadata.STRINGS.stream(), SigningMetadata.ARRAYS.stream()).toList();

  private OwnMetadata() {}

  /**
   * Restores what the registration leaves out, and remembers what it sets.
   *
   * @throws Refusal if it changes what an administrator has set, or the server does not support it
   */
  static void hold(KeycloakSession session, ClientRepresentation proposed, ClientModel stored)
      throws Refusal {
    Map<String, String> attributes =
        proposed.getAttributes() == null
            ? new HashMap<>()
            : new HashMap<>(proposed.getAttributes());
    Map<String, String> effective = new HashMap<>();
    boolean changed = false;
    for (String name : NAMES) {
      String before = stored == null ? null : text(stored.getAttribute(name));
      String shown = stored == null ? null : SigningMetadata.of(stored, name).orElse(null);
      String after = attributes.containsKey(name) ? text(attributes.get(name)) : before;
      if (Objects.equals(after, before) || Objects.equals(after, shown)) {
        attributes.remove(name);
      } else if (isRegistered(stored, name, before)) {
        attributes.put(REGISTERED + name, after);
        changed = true;
      } else if (after == null) {
        attributes.remove(name); // left out, so it stays
      } else {
        throw RestrictRegistration.refusal(name, false);
      }
      effective.put(name, attributes.containsKey(name) ? after : before);
    }
    String consent = stored == null ? null : stored.getAttribute(CONSENT_TEXT);
    if (consent != null) {
      attributes.put(CONSENT_TEXT, consent); // otherwise it would count as missing and be set again
    }
    if (changed) {
      SigningMetadataCheck.check(session, effective);
    }
    proposed.setAttributes(attributes);
  }

  /** Remembers what a registration sets, in a realm that only reports. */
  static void remember(ClientRepresentation proposed, ClientModel stored) {
    if (proposed.getAttributes() == null) {
      return;
    }
    Map<String, String> attributes = new HashMap<>(proposed.getAttributes());
    for (String name : NAMES) {
      String before = stored == null ? null : text(stored.getAttribute(name));
      if (attributes.containsKey(name) && isRegistered(stored, name, before)) {
        attributes.put(REGISTERED + name, text(attributes.get(name)));
      }
    }
    proposed.setAttributes(attributes);
  }

  /** Whether the value was set by a registration and not changed since. */
  private static boolean isRegistered(ClientModel stored, String name, String value) {
    return value == null || value.equals(stored.getAttribute(REGISTERED + name));
  }

  private static String text(String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
