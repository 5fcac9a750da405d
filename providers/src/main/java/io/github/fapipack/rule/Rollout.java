package io.github.fapipack.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
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
 * How far a realm has come on its way to the rules: while it only reports, requests of its clients
 * pass and what would have been refused is recorded, save for those clients that have been moved
 * over already. It is kept with the realm rather than the client, because whoever registers a
 * client may write its attributes.
 *
 * @param modeName the mode of every client that is not named; {@link Mode#ENFORCE} where nothing is
 *     said
 * @param enforced ids of the clients that are held to the rules all the same, and their client_ids
 *     with {@code client_id:} before them: who deletes itself and comes back under its name is
 *     still held, until an administrator says otherwise
 */
public record Rollout(
    @JsonProperty("mode") String modeName, @JsonProperty("enforced") Set<String> enforced) {

  /** The realm attribute that holds it, as JSON. */
  public static final String ATTRIBUTE = "fapi.rollout";

  /** The realm attribute that says when the realm began to report, in seconds since 1970. */
  private static final String SINCE = "fapi.rollout.since";

  private static final String NAME = "client_id:";

  private static final Logger LOGGER = Logger.getLogger(Rollout.class);
  private static final Rollout COMPLETE = new Rollout("enforce", Set.of());

  private record Cached(String text, Rollout rollout) {}

  private static final Map<String, Cached> CACHE = new ConcurrentHashMap<>();

  public Rollout {
    Mode.valueOf(Objects.requireNonNull(modeName, "mode").toUpperCase(Locale.ROOT));
    // Sorted, so that the same clients always give the same text.
    enforced = enforced == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(enforced));
  }

  /** A realm whose clients are all held to the rules. */
  public static Rollout complete() {
    return COMPLETE;
  }

  /** A realm that only reports, whatever its clients do. */
  public static Rollout reporting() {
    return new Rollout("report", Set.of());
  }

  /** When the realm began to report, in milliseconds since 1970; 0 if it does not. */
  public static long since(RealmModel realm) {
    String seconds = realm.getAttribute(SINCE);
    try {
      return seconds == null || seconds.isBlank() ? 0 : Integer.parseInt(seconds) * 1000L;
    } catch (NumberFormatException e) {
      return 0; // whoever may change a realm may write anything into its attributes
    }
  }

  /** Where the realm stands; what cannot be read means that every client is held to the rules. */
  public static Rollout of(RealmModel realm) {
    String text = realm.getAttribute(ATTRIBUTE);
    if (text == null || text.isBlank()) {
      CACHE.remove(realm.getId());
      return COMPLETE;
    }
    Cached cached = CACHE.get(realm.getId());
    if (cached == null || !cached.text().equals(text)) {
      cached = new Cached(text, read(realm, text));
      CACHE.put(realm.getId(), cached);
    }
    return cached.rollout();
  }

  /** Whether what a realm says of itself can be read; it need not say anything. */
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

  /** Keeps it with the realm. */
  public void save(RealmModel realm) {
    store(realm, mode() == Mode.ENFORCE ? null : text());
  }

  /** As it is kept. */
  public String text() {
    try {
      return JsonSerialization.writeValueAsString(this);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps what {@link #text} gave, or null for a realm whose clients are all held to the rules. */
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

  /** The mode for one client; null stands for one that is not known or not yet made. */
  public Mode modeFor(ClientModel client) {
    return client == null ? mode() : modeFor(client.getId(), client.getClientId());
  }

  /** The mode for the client of that id and client_id. */
  public Mode modeFor(String id, String clientId) {
    return enforced.contains(id) || names(clientId) ? Mode.ENFORCE : mode();
  }

  /** The mode for a client that is about to be made; null if its client_id is not known yet. */
  Mode modeFor(String clientId) {
    return clientId != null && names(clientId) ? Mode.ENFORCE : mode();
  }

  /** Whether a client of that client_id is held to the rules, or would be if there were one. */
  public boolean names(String clientId) {
    return enforced.contains(NAME + clientId);
  }

  /** How many clients are held to the rules although the realm only reports. */
  public long enforcedClients() {
    return enforced.stream().filter(entry -> !entry.startsWith(NAME)).count();
  }

  /** The same with one client moved over, or back. */
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
   * The same with more clients held to the rules.
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

  /** The same without a client that is gone. */
  public Rollout without(String clientId) {
    Set<String> changed = new TreeSet<>(enforced);
    changed.remove(NAME + clientId);
    return new Rollout(modeName, changed);
  }

  /**
   * Keeps the name of a client that deletes itself, also if it was moved over by a release that
   * kept the id alone. An administrator who deletes a client lets go of its name.
   */
  static void removed(KeycloakSession session, ClientModel client) {
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
        && request.getUri().getPath().contains("/clients-registrations/");
  }
}
