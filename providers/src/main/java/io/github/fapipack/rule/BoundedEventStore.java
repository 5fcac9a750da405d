package io.github.fapipack.rule;

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
 * Keycloak's event store, which in a realm that enforces our rules keeps the error events that
 * strangers cause within bounds: of those alike the first is stored at once, and the others of a
 * minute as one with their number. Listeners of events, such as log and brute-force protection, get
 * every one of them.
 */
public final class BoundedEventStore extends JpaEventStoreProvider {

  private static final EventWindow WINDOW = new EventWindow(10_000);

  /** The width of the columns. */
  private static final int LONGEST = 255;

  private static final int LONGEST_DETAIL = 1000;

  /** Events alike; clients and users are registered ones. */
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
    List<Event> due = WINDOW.due(kind(stored), stored.getRealmId(), stored);
    if (!due.isEmpty()) {
      due.forEach(super::onEvent);
      RefusalLog.flushRegularly(session.getKeycloakSessionFactory());
    }
  }

  /** Keycloak's own event says to which interaction it belongs; listeners get it afterwards. */
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

  /** Errors, but for those that have been counted already. */
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
      return false; // not even the form of an id
    }
  }

  /** A copy that fits into the table, for what a stranger sends may not. */
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

  /** What has been counted until now, although nothing more of its kind has come. */
  static List<Event> due(long now) {
    return WINDOW.due(now);
  }

  /** Takes the place of Keycloak's factory. */
  public static final class Factory extends JpaEventStoreProviderFactory {

    @Override
    public EventStoreProvider create(KeycloakSession session) {
      return new BoundedEventStore(session);
    }

    @Override
    public int order() {
      return 1;
    }
  }
}
