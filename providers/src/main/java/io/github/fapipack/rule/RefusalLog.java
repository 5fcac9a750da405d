package io.github.fapipack.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
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
  public static final String COUNT = EventWindow.COUNT;

  /** One thing that a rule found in a request, whoever sent it. */
  record Finding(
      String realmId,
      String realm,
      boolean stored,
      String rule,
      String clause,
      String mode,
      String error,
      String sentence,
      String endpoint,
      long time) {

    static Finding of(Occasion occasion, Mode mode, String error, String sentence) {
      RealmModel realm = occasion.realm();
      return new Finding(
          realm.getId(),
          realm.getName(),
          realm.isEventsEnabled(),
          occasion.rule().getId(),
          occasion.clause(),
          name(mode),
          error,
          sentence,
          KnownPath.of(occasion.session().getContext().getUri().getPath(), realm.getName()),
          Time.currentTimeMillis());
    }

    private Event event(String clientId) {
      Event event = new Event();
      event.setId(UUID.randomUUID().toString());
      event.setTime(time);
      event.setType(TYPE);
      event.setRealmId(realmId);
      event.setRealmName(realm);
      event.setClientId(clientId);
      event.setError(error);
      Map<String, String> details = new HashMap<>();
      details.put(RULE, rule);
      details.put(CLAUSE, clause);
      details.put(MODE, mode);
      details.put(ENDPOINT, endpoint);
      details.put(SENTENCE, sentence);
      details.put(COUNT, "1");
      event.setDetails(details);
      return event;
    }
  }

  /**
   * One way to fail; all of it comes from a bounded set, whatever a stranger sends. Corrections, of
   * which a request may need several, are told apart by what.
   */
  private record Kind(
      String realm,
      String client,
      String rule,
      String mode,
      String error,
      String endpoint,
      String correction) {}

  private static final Logger LOGGER = Logger.getLogger(RefusalLog.class);
  private static final EventWindow WINDOW = new EventWindow(10_000);
  private static final String TASK = RefusalLog.class.getName();
  private static final AtomicBoolean FLUSHING = new AtomicBoolean();

  private RefusalLog() {}

  /**
   * Stores or counts a finding.
   *
   * @param clientId that of the client whose request it is; null where none is proven
   */
  static void record(KeycloakSessionFactory factory, Finding finding, String clientId) {
    if (!finding.stored()) {
      return;
    }
    List<Event> due =
        WINDOW.due(
            new Kind(
                finding.realmId(),
                clientId,
                finding.rule(),
                finding.mode(),
                finding.error(),
                finding.endpoint(),
                Refusals.CORRECTED.equals(finding.error()) ? finding.sentence() : null),
            finding.realmId(),
            finding.event(clientId));
    if (!due.isEmpty()) {
      store(factory, due);
      flushRegularly(factory);
    }
  }

  /** Stores what has been counted, although nothing more of its kind has come. */
  public static void flush(KeycloakSessionFactory factory) {
    long now = Time.currentTimeMillis();
    List<Event> due = new ArrayList<>(WINDOW.due(now));
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

  /** The name of a mode as it is stored. */
  static String name(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
