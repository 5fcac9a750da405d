package io.github.fapipack.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.fapipack.keycloak.ServerState;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * How far a realm has moved to enforcing the rules. While it only reports, requests pass and
 * would-be refusals are recorded, except for the clients that were already moved to enforcing. This
 * is stored with the realm and not with the client, because a client that registers itself may
 * write its own attributes.
 *
 * @param modeName the mode of every client that is not named; {@link Mode#ENFORCE} if absent
 * @param enforced ids of the clients for which the rules are enforced, and their client_ids
 *     prefixed with {@code client_id:}. A client that deletes itself and registers again under its
 *     client_id is still enforced, until an administrator changes that
 */
public record Rollout(
    @JsonProperty("mode") String modeName, @JsonProperty("enforced") Set<String> enforced) {

  /** The realm attribute with the state, as JSON. */
  public static final String ATTRIBUTE = "fapi.rollout";

  /**
   * The realm attribute with the time at which the realm began to report, in seconds since 1970.
   */
  private static final String SINCE = "fapi.rollout.since";

  private static final String NAME = "client_id:";

  private static final Logger LOGGER = Logger.getLogger(Rollout.class);
  private static final Rollout COMPLETE = new Rollout("enforce", Set.of());

  private record Cached(String text, Rollout rollout) {}

  private static final ServerState<Map<String, Cached>> CACHE =
      new ServerState<>(ConcurrentHashMap::new);

  public Rollout {
    Mode.valueOf(Objects.requireNonNull(modeName, "mode").toUpperCase(Locale.ROOT));
    // Sorted, so that the same clients always result in the same text.
    enforced = enforced == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(enforced));
  }

  /** The state of a realm that enforces the rules for all clients. */
  public static Rollout complete() {
    return COMPLETE;
  }

  /** The state of a realm that only reports, for all clients. */
  public static Rollout reporting() {
    return new Rollout("report", Set.of());
  }

  /** When the realm began to report, in milliseconds since 1970; 0 if it does not report. */
  public static long since(RealmModel realm) {
    String seconds = realm.getAttribute(SINCE);
    try {
      return seconds == null || seconds.isBlank() ? 0 : Integer.parseInt(seconds) * 1000L;
    } catch (NumberFormatException e) {
      return 0; // realm administrators may write anything into attributes
    }
  }

  /** The state of a realm; if it cannot be read, the rules are enforced for every client. */
  public static Rollout of(RealmModel realm) {
    String text = realm.getAttribute(ATTRIBUTE);
    if (text == null || text.isBlank()) {
      CACHE.get().remove(realm.getId());
      return COMPLETE;
    }
    Cached cached = CACHE.get().get(realm.getId());
    if (cached == null || !cached.text().equals(text)) {
      cached = new Cached(text, read(realm, text));
      CACHE.get().put(realm.getId(), cached);
    }
    return cached.rollout();
  }

  /** Whether the stored state of a realm can be read or is absent. */
  public static boolean isReadable(RealmModel realm) {
    String text = realm.getAttribute(ATTRIBUTE);
    return text == null || text.isBlank() || parsed(text) != null;
  }

  private static Rollout parsed(String text) {
    try {
      return JsonSerialization.readValue(text, Rollout.class);
    } catch (IOException e) {
      return null;
    }
  }

  private static Rollout read(RealmModel realm, String text) {
    Rollout read = parsed(text);
    if (read == null) {
      LOGGER.errorf(
          "%s of realm '%s' cannot be read, so all is enforced", ATTRIBUTE, realm.getName());
      return COMPLETE;
    }
    return read;
  }

  /** Stores the state with the realm. */
  public void save(RealmModel realm) {
    store(realm, mode() == Mode.ENFORCE ? null : text());
  }

  /** The state as it is stored. */
  public String text() {
    try {
      return JsonSerialization.writeValueAsString(this);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Stores what {@link #text} returned, or null for a realm that enforces the rules for all
   * clients.
   */
  public static void store(RealmModel realm, String text) {
    if (text == null) {
      realm.removeAttribute(ATTRIBUTE);
      realm.removeAttribute(SINCE);
    } else {
      realm.setAttribute(ATTRIBUTE, text);
      if (since(realm) == 0) {
        realm.setAttribute(SINCE, Time.currentTimeSeconds());
      }
    }
  }

  /** The mode of every client that is not named. */
  public Mode mode() {
    return Mode.valueOf(modeName.toUpperCase(Locale.ROOT));
  }

  /** The mode for one client; null stands for a client that is not known or not created yet. */
  public Mode modeFor(ClientModel client) {
    return client == null ? mode() : modeFor(client.getId(), client.getClientId());
  }

  /** The mode for the client with that id and client_id. */
  public Mode modeFor(String id, String clientId) {
    return enforced.contains(id) || names(clientId) ? Mode.ENFORCE : mode();
  }

  /** The mode for a client that is about to be created; null if its client_id is not known yet. */
  Mode modeFor(String clientId) {
    return clientId != null && names(clientId) ? Mode.ENFORCE : mode();
  }

  /**
   * Whether the rules are enforced for the client with that client_id, whether or not it exists.
   */
  public boolean names(String clientId) {
    return enforced.contains(NAME + clientId);
  }

  /** For how many clients the rules are enforced although the realm only reports. */
  public long enforcedClients() {
    return enforced.stream().filter(entry -> !entry.startsWith(NAME)).count();
  }

  /** A copy in which one client is moved to enforcing, or back. */
  public Rollout with(ClientModel client, Mode wanted) {
    if (wanted == Mode.ENFORCE) {
      return enforcing(Map.of(client.getId(), client.getClientId()));
    }
    Set<String> changed = new TreeSet<>(enforced);
    changed.remove(client.getId());
    changed.remove(NAME + client.getClientId());
    return new Rollout(modeName, changed);
  }

  /**
   * A copy in which more clients are moved to enforcing.
   *
   * @param clients their client_ids by their ids
   */
  public Rollout enforcing(Map<String, String> clients) {
    Set<String> changed = new TreeSet<>(enforced);
    clients.forEach(
        (id, clientId) -> {
          changed.add(id);
          changed.add(NAME + clientId);
        });
    return new Rollout(modeName, changed);
  }

  /** A copy without a client that was deleted. */
  public Rollout without(String clientId) {
    Set<String> changed = new TreeSet<>(enforced);
    changed.remove(NAME + clientId);
    return new Rollout(modeName, changed);
  }

  /**
   * Keeps the client_id of a client that deletes itself, even if a release that stored only the id
   * moved it to enforcing. If an administrator deletes a client, its client_id is removed.
   */
  public static void removed(KeycloakSession session, ClientModel client) {
    RealmModel realm = client.getRealm();
    Rollout rollout = of(realm);
    boolean named = rollout.names(client.getClientId());
    if (deletesItself(session)) {
      if (rollout.enforced().contains(client.getId()) && !named) {
        rollout.with(client, Mode.ENFORCE).save(realm);
      }
    } else if (named) {
      rollout.without(client.getClientId()).save(realm);
    }
  }

  /** Whether the current request goes to one of Keycloak's registration endpoints. */
  private static boolean deletesItself(KeycloakSession session) {
    HttpRequest request = session.getContext().getHttpRequest();
    return request != null
        && request.getUri() != null
        && Endpoint.of(session).audience() == Endpoint.Audience.REGISTRATION;
  }
}
