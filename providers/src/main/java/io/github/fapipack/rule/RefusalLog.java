package io.github.fapipack.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.TimerProvider;

/**
 * Keeps refused requests, and those that would have been, in Keycloak's event store, so that they
 * are there for every node and leave with the realm's event expiry. {@link RefusalWindows} say what
 * is stored at once, and what is counted first, so that nobody fills the store by failing.
 */
public final class RefusalLog {

  /** What Keycloak's own events are not: about a client, whatever it asked for. */
  public static final EventType TYPE = EventType.CLIENT_INFO_ERROR;

  /**
   * Details of the event; this one or {@link #REASON} tells it from Keycloak's own of that type.
   */
  public static final String RULE = "fapi_rule";

  public static final String REASON = "fapi_reason";
  public static final String CLAUSE = "fapi_clause";
  public static final String MODE = "fapi_mode";
  public static final String ENDPOINT = "fapi_endpoint";
  public static final String SENTENCE = "fapi_sentence";

  /** The end of the sentence that says what to do; older events do not have it. */
  public static final String REMEDY = "fapi_remedy";

  public static final String COUNT = EventWindow.COUNT;

  /** The latest interaction ids, with blanks between them. */
  public static final String IDS = EventWindow.IDS;

  /** {@code false} where the request only named its client; older events do not have it. */
  public static final String PROVEN = "fapi_proven";

  /** Whom the request named, if there is no such client. */
  public static final String NAMED = "fapi_named";

  /** What else was objected to: JSON, each with the details that the event has of the first. */
  public static final String OTHERS = "fapi_others";

  private static final Logger LOGGER = Logger.getLogger(RefusalLog.class);
  private static final RefusalWindows WINDOWS = new RefusalWindows();
  private static final String TASK = RefusalLog.class.getName();
  private static final AtomicBoolean FLUSHING = new AtomicBoolean();

  private RefusalLog() {}

  /** Stores or counts a request. */
  static void record(KeycloakSessionFactory factory, RefusedRequest request) {
    if (request.leading().stored()) {
      storeAll(factory, WINDOWS.due(request));
    }
  }

  /**
   * Stores or counts a correction of what is stored of a client.
   *
   * @param clientId null where no request has proven to be the client's
   */
  static void recordCorrection(
      KeycloakSessionFactory factory, Objection correction, String clientId) {
    if (correction.stored()) {
      storeAll(factory, WINDOWS.dueCorrection(correction, clientId));
    }
  }

  private static void storeAll(KeycloakSessionFactory factory, List<Event> due) {
    if (!due.isEmpty()) {
      store(factory, due);
    }
    flushRegularly(factory);
  }

  /** The details that every event of ours has. */
  static Map<String, String> details(Objection objection) {
    Map<String, String> details = new HashMap<>();
    details.put(RULE, objection.rule());
    details.put(REASON, objection.reason());
    details.put(CLAUSE, objection.clause());
    details.put(MODE, objection.mode());
    details.put(ENDPOINT, objection.endpoint());
    details.put(SENTENCE, objection.sentence());
    details.put(COUNT, "1");
    details.values().removeIf(Objects::isNull);
    return details;
  }

  /** What this node has counted of a realm and not stored yet. */
  public static List<Event> pending(String realmId) {
    return WINDOWS.pending(realmId);
  }

  /** Stores what has been counted, although nothing more of its kind has come. */
  public static void flush(KeycloakSessionFactory factory) {
    long now = Time.currentTimeMillis();
    List<Event> due = new ArrayList<>(WINDOWS.due(now));
    due.addAll(BoundedEventStore.due(now));
    if (!due.isEmpty()) {
      store(factory, due);
    }
  }

  /** From the first event on. */
  static void flushRegularly(KeycloakSessionFactory factory) {
    if (FLUSHING.compareAndSet(false, true)) {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          inner ->
              inner
                  .getProvider(TimerProvider.class)
                  .schedule(() -> flush(factory), EventWindow.MILLIS, TASK));
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
}
