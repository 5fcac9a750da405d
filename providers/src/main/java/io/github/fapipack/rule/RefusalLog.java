package io.github.fapipack.rule;

import io.github.fapipack.keycloak.ServerState;
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
 * Stores refused and would-be refused requests in Keycloak's event store, where every node can read
 * them and the realm's event expiry deletes them. {@link RefusalWindows} decides what is stored at
 * once and what is counted first, so that failing requests cannot fill the store.
 */
public final class RefusalLog {

  /** The event type of refusals: they concern a client. Keycloak uses it for other events too. */
  public static final EventType TYPE = EventType.CLIENT_INFO_ERROR;

  /**
   * Details of the event. This one or {@link #REASON} distinguishes it from Keycloak's own events
   * of that type.
   */
  public static final String RULE = "fapi_rule";

  public static final String REASON = "fapi_reason";
  public static final String CLAUSE = "fapi_clause";
  public static final String MODE = "fapi_mode";
  public static final String ENDPOINT = "fapi_endpoint";
  public static final String SENTENCE = "fapi_sentence";

  /** The end of the sentence, which says what to do; absent from events of older releases. */
  public static final String REMEDY = "fapi_remedy";

  public static final String COUNT = EventWindow.COUNT;

  /** The latest interaction ids, separated by blanks. */
  public static final String IDS = EventWindow.IDS;

  /** {@code false} if the request only named its client; absent from events of older releases. */
  public static final String PROVEN = "fapi_proven";

  /** The client_id in the request, if there is no such client. */
  public static final String NAMED = "fapi_named";

  /**
   * The other objections to the request, as JSON; each has the details that the event has of the
   * first.
   */
  public static final String OTHERS = "fapi_others";

  private static final Logger LOGGER = Logger.getLogger(RefusalLog.class);
  private static final ServerState<RefusalWindows> WINDOWS = new ServerState<>(RefusalWindows::new);
  private static final String TASK = RefusalLog.class.getName();
  private static final ServerState<AtomicBoolean> FLUSHING = new ServerState<>(AtomicBoolean::new);

  private RefusalLog() {}

  /** Stores or counts a refused request. */
  static void record(KeycloakSessionFactory factory, RefusedRequest request) {
    if (request.leading().stored()) {
      storeAll(factory, WINDOWS.get().due(request));
    }
  }

  /**
   * Stores or counts a correction of a stored client.
   *
   * @param clientId null if the request was not proven to come from the client
   */
  static void recordCorrection(
      KeycloakSessionFactory factory, Objection correction, String clientId) {
    if (correction.stored()) {
      storeAll(factory, WINDOWS.get().dueCorrection(correction, clientId));
    }
  }

  private static void storeAll(KeycloakSessionFactory factory, List<Event> due) {
    if (!due.isEmpty()) {
      store(factory, due);
    }
    flushRegularly(factory);
  }

  /** The details that every event of the pack has. */
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

  /** What this node has counted for a realm and not stored yet. */
  public static List<Event> pending(String realmId) {
    return WINDOWS.get().pending(realmId);
  }

  /** Stores the counted events whose minute is over, although no similar event came after them. */
  public static void flush(KeycloakSessionFactory factory) {
    long now = Time.currentTimeMillis();
    List<Event> due = new ArrayList<>(WINDOWS.get().due(now));
    due.addAll(BoundedEventStore.due(now));
    if (!due.isEmpty()) {
      store(factory, due);
    }
  }

  /** Starts with the first event. */
  static void flushRegularly(KeycloakSessionFactory factory) {
    if (FLUSHING.get().compareAndSet(false, true)) {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          inner ->
              inner
                  .getProvider(TimerProvider.class)
                  .schedule(() -> flush(factory), EventWindow.MILLIS, TASK));
    }
  }

  /** In a separate transaction, because the transaction of a refused request is rolled back. */
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
      // The request stays refused even if the event cannot be stored.
      LOGGER.warn("Refusals could not be stored", e);
    }
  }
}
