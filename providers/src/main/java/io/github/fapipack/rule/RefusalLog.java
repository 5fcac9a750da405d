package io.github.fapipack.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.TimerProvider;

/**
 * Keeps refusals and would-be refusals in Keycloak's event store, so that they are there for every
 * node and leave with the realm's event expiry. The first of a kind is stored at once; what repeats
 * it within a minute is counted and stored as one event, so that nobody fills the store by failing.
 */
public final class RefusalLog {

  /** What Keycloak's own events are not: about a client, whatever it asked for. */
  public static final EventType TYPE = EventType.CLIENT_INFO_ERROR;

  /** Details of the event; {@link #RULE} tells it from Keycloak's own of that type. */
  public static final String RULE = "fapi_rule";

  public static final String CLAUSE = "fapi_clause";
  public static final String MODE = "fapi_mode";
  public static final String ENDPOINT = "fapi_endpoint";
  public static final String SENTENCE = "fapi_sentence";
  public static final String COUNT = "fapi_count";

  private static final Logger LOGGER = Logger.getLogger(RefusalLog.class);
  private static final long WINDOW = 60_000;
  private static final int MOST_KINDS = 10_000;
  private static final int LONGEST = 255;
  private static final String TASK = RefusalLog.class.getName();

  /** One way to fail; corrections, of which a request may need several, are told apart by what. */
  private record Kind(
      String realm,
      String client,
      String rule,
      String mode,
      String error,
      String endpoint,
      String correction) {}

  /** What has come since the last event of its kind, and the next one as far as it is known. */
  private static final class Pending {
    private final long until;
    private Event next;
    private int count;

    Pending(long until) {
      this.until = until;
    }

    synchronized void add(Event repeated) {
      next = repeated;
      count++;
    }

    synchronized Event take() {
      if (next != null) {
        next.getDetails().put(COUNT, String.valueOf(count));
      }
      return next;
    }
  }

  private static final Map<Kind, Pending> PENDING = new ConcurrentHashMap<>();
  private static final AtomicBoolean FLUSHING = new AtomicBoolean();

  private RefusalLog() {}

  static void record(
      Occasion occasion, ClientModel client, String mode, String error, String sentence) {
    KeycloakSession session = occasion.session();
    RealmModel realm = occasion.realm();
    if (!realm.isEventsEnabled()) {
      return;
    }
    Event event = event(occasion, client, mode, error, sentence);
    Kind kind =
        new Kind(
            realm.getId(),
            event.getClientId(),
            occasion.rule().getId(),
            mode,
            error,
            event.getDetails().get(ENDPOINT),
            Refusals.CORRECTED.equals(error) ? sentence : null);
    List<Event> due = due(kind, event);
    if (!due.isEmpty()) {
      store(session.getKeycloakSessionFactory(), due);
      flushRegularly(session);
    }
  }

  /** What is to be stored now that an event has come. */
  private static List<Event> due(Kind kind, Event event) {
    List<Event> due = new ArrayList<>();
    // At once for all threads: each counted event is stored by one of them.
    PENDING.compute(
        kind,
        (same, before) -> {
          if (before != null && before.until > event.getTime()) {
            before.add(event);
            return before;
          }
          if (before != null && before.take() != null) {
            due.add(before.take());
          }
          due.add(event);
          return before != null || PENDING.size() < MOST_KINDS
              ? new Pending(event.getTime() + WINDOW)
              : null;
        });
    return due;
  }

  private static Event event(
      Occasion occasion, ClientModel client, String mode, String error, String sentence) {
    RealmModel realm = occasion.realm();
    Event event = new Event();
    event.setId(UUID.randomUUID().toString());
    event.setTime(Time.currentTimeMillis());
    event.setType(TYPE);
    event.setRealmId(realm.getId());
    event.setRealmName(realm.getName());
    event.setClientId(client == null ? null : client.getClientId());
    event.setError(error);
    Map<String, String> details = new HashMap<>();
    details.put(RULE, occasion.rule().getId());
    details.put(CLAUSE, occasion.clause());
    details.put(MODE, mode);
    details.put(ENDPOINT, endpoint(occasion.session(), realm));
    details.put(SENTENCE, sentence);
    details.put(COUNT, "1");
    event.setDetails(details);
    return event;
  }

  /** The path without the realm and whatever may name a person or a session. */
  private static String endpoint(KeycloakSession session, RealmModel realm) {
    String path = session.getContext().getUri().getPath();
    String within =
        path.replaceFirst("^/?(admin/)?realms/[^/]*/?", "")
            .replaceFirst("^protocol/openid-connect/", "")
            // Matrix parameters lead nowhere else, but would make many ways to fail out of one.
            .replaceAll(";[^/]*", "")
            .replaceAll("(?i)/?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "/{id}")
            .replaceFirst("^(login-actions/[^/]+|users|clients-registrations/[^/]+)/.*", "$1");
    String shown = within.isEmpty() ? Objects.requireNonNullElse(realm.getName(), "") : within;
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) : shown;
  }

  /** Stores what has been counted, although nothing more of its kind has come. */
  public static void flush(KeycloakSessionFactory factory) {
    long now = Time.currentTimeMillis();
    List<Event> due = new ArrayList<>();
    PENDING.forEach(
        (kind, pending) -> {
          if (pending.until <= now && PENDING.remove(kind, pending) && pending.take() != null) {
            due.add(pending.take());
          }
        });
    if (!due.isEmpty()) {
      store(factory, due);
    }
  }

  private static void flushRegularly(KeycloakSession session) {
    if (FLUSHING.compareAndSet(false, true)) {
      KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
      session.getProvider(TimerProvider.class).schedule(() -> flush(factory), WINDOW, TASK);
    }
  }

  /** In a transaction of its own, because that of a refused request is rolled back. */
  private static void store(KeycloakSessionFactory factory, List<Event> events) {
    try {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          inner -> {
            EventStoreProvider store = inner.getProvider(EventStoreProvider.class);
            if (store != null) {
              events.forEach(store::onEvent);
            }
          });
    } catch (RuntimeException e) {
      // The refusal stands, whether or not it can be remembered.
      LOGGER.warn("Refusals could not be stored", e);
    }
  }

  /** The name of a mode as it is stored. */
  static String name(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
