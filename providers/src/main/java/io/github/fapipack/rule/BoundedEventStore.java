package io.github.fapipack.rule;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.keycloak.ServerState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.jpa.JpaEventStoreProvider;
import org.keycloak.events.jpa.JpaEventStoreProviderFactory;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keycloak's event store, with a limit for error events that unauthenticated senders cause, in
 * realms that enforce rules of the pack. The first of several similar events is stored at once; the
 * others of the same minute are stored as one event with their number. Event listeners, such as the
 * log and brute-force protection, still get every event.
 */
public final class BoundedEventStore extends JpaEventStoreProvider {

  private static final ServerState<EventWindow> WINDOW =
      new ServerState<>(() -> new EventWindow(10_000));

  /** The width of the columns, in characters. */
  private static final int LONGEST = 255;

  private static final int LONGEST_DETAIL = 1000;

  /** What similar events have in common; clients and users are registered ones. */
  private record Kind(String realm, String type, String error, String client, String user) {}

  private final KeycloakSession session;

  private BoundedEventStore(KeycloakSession session) {
    super(session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
    this.session = session;
  }

  @Override
  public void onEvent(Event event) {
    nameInteraction(event);
    if (!isBounded(event)) {
      super.onEvent(event);
      return;
    }
    Event stored = printable(event);
    List<Event> due = WINDOW.get().due(kind(stored), stored.getRealmId(), stored);
    if (!due.isEmpty()) {
      due.forEach(super::onEvent);
      RefusalLog.flushRegularly(session.getKeycloakSessionFactory());
    }
  }

  /** Adds the interaction id to Keycloak's own event before the listeners get it. */
  private void nameInteraction(Event event) {
    boolean counted =
        event.getDetails() != null && event.getDetails().containsKey(EventWindow.COUNT);
    String interaction = counted ? null : Interaction.of(session);
    RealmModel realm = interaction == null ? null : realm(event);
    if (realm != null && !RealmRules.of(session, realm).isEmpty()) {
      Map<String, String> details =
          new HashMap<>(event.getDetails() == null ? Map.of() : event.getDetails());
      details.put(Interaction.KEY, interaction);
      event.setDetails(details);
    }
  }

  /** Whether the event is an error that may be counted, and was not counted already. */
  private boolean isBounded(Event event) {
    return event.getType().name().endsWith("_ERROR")
        && (event.getDetails() == null || !event.getDetails().containsKey(EventWindow.COUNT))
        && realm(event) != null
        && RealmRules.of(session, realm(event)).enforcesAny();
  }

  private RealmModel realm(Event event) {
    return event.getRealmId() == null ? null : session.realms().getRealm(event.getRealmId());
  }

  private Kind kind(Event event) {
    ClientModel client =
        event.getClientId() == null ? null : realm(event).getClientByClientId(event.getClientId());
    return new Kind(
        event.getRealmId(),
        event.getType().name(),
        event.getError(),
        client == null ? null : client.getId(),
        isUser(event) ? event.getUserId() : null);
  }

  /** Keycloak names the user of an action token before it has verified the token. */
  private boolean isUser(Event event) {
    try {
      return event.getUserId() != null
          && session.users().getUserById(realm(event), event.getUserId()) != null;
    } catch (RuntimeException e) {
      return false; // not even in the form of an id
    }
  }

  /**
   * A copy with shortened values that fits into the table: what an unauthenticated sender sent may
   * not fit.
   */
  private static Event printable(Event event) {
    Event copy = event.clone();
    copy.setId(event.getId());
    copy.setClientId(Printable.of(event.getClientId(), LONGEST));
    copy.setUserId(Printable.of(event.getUserId(), LONGEST));
    copy.setSessionId(Printable.of(event.getSessionId(), LONGEST));
    copy.setError(Printable.of(event.getError(), LONGEST));
    copy.setDetails(new HashMap<>());
    if (event.getDetails() != null) {
      event
          .getDetails()
          .forEach(
              (name, value) -> copy.getDetails().put(name, Printable.of(value, LONGEST_DETAIL)));
    }
    return copy;
  }

  /**
   * The events that were counted and whose minute is over, although no similar event came after
   * them.
   */
  static List<Event> due(long now) {
    return WINDOW.get().due(now);
  }

  /** Replaces Keycloak's factory. */
  public static final class Factory extends JpaEventStoreProviderFactory {

    @Override
    public EventStoreProvider create(KeycloakSession session) {
      return new BoundedEventStore(session);
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }
}
