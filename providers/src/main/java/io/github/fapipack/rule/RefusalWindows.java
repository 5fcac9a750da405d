package io.github.fapipack.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.keycloak.events.Event;

/**
 * Decides how many refusals each node stores. A request that is proven to come from a client gets a
 * row of its own, up to {@link #ROWS} a minute per client; further ones, and those of unproven
 * senders, are counted per kind and minute. Unproven senders have at most {@link #STRANGERS} kinds
 * at a time in each realm; all further requests are one kind.
 */
final class RefusalWindows {

  /** How many rows of its own a client gets per minute. */
  static final int ROWS = 60;

  static final int STRANGERS = 200;

  /**
   * How many kinds of all proven clients are distinguished at the same time, and how many clients
   * are counted.
   */
  private static final int MOST = 10_000;

  /** The number of rows of a client in the minute that ends at {@code until}. */
  private record Rows(long until, int count) {}

  private final Map<List<String>, Rows> rows = new ConcurrentHashMap<>();
  private final EventWindow clients = new EventWindow(MOST);
  private final Map<String, EventWindow> strangers = new ConcurrentHashMap<>();
  private final EventWindow corrections = new EventWindow(MOST);

  /** The events to store now, after a request was refused. */
  List<Event> due(RefusedRequest request) {
    Event event = request.event();
    if (!request.client().proven()) {
      return strangers
          .computeIfAbsent(event.getRealmId(), realm -> new EventWindow(STRANGERS))
          .due(request.kind(), request.leading().realmId(), event, RefusalWindows::generalise);
    }
    if (hasRowLeft(event)) {
      return List.of(event);
    }
    return clients.due(
        request.kind(), request.leading().realmId(), event, RefusalWindows::generalise);
  }

  /** Removes the details in which the requests that are counted together differ. */
  private static void generalise(Event event) {
    event.setClientId(null);
    event.setIpAddress(null);
    event.setError(RefusalReason.OTHER);
    Map<String, String> details = event.getDetails();
    details.keySet().retainAll(Set.of(RefusalLog.MODE, RefusalLog.COUNT, RefusalLog.IDS));
    details.put(RefusalLog.REASON, RefusalReason.OTHER);
    details.put(RefusalLog.PROVEN, "false");
    details.put(RefusalLog.ENDPOINT, KnownPath.OTHER);
    details.put(
        RefusalLog.SENTENCE, "more kinds of requests were refused than are counted separately");
    details.put(RefusalLog.REMEDY, "look for them in the server's log");
  }

  private boolean hasRowLeft(Event event) {
    List<String> client = List.of(event.getRealmId(), event.getClientId());
    if (rows.size() >= MOST && !rows.containsKey(client)) {
      return false;
    }
    return rows.merge(
                client,
                new Rows(event.getTime() + EventWindow.MILLIS, 1),
                (before, first) ->
                    before.until() <= event.getTime()
                        ? first
                        : new Rows(before.until(), before.count() + 1))
            .count()
        <= ROWS;
  }

  /** What similar corrections have in common. */
  private record Correction(
      String realm, String client, String rule, String mode, String endpoint, String what) {}

  /** The events to store now, after something was corrected. */
  List<Event> dueCorrection(Objection correction, String clientId) {
    Event event = RefusedRequest.event(correction, clientId, RefusalLog.details(correction));
    return corrections.due(
        new Correction(
            correction.realmId(),
            clientId,
            correction.rule(),
            correction.mode(),
            correction.endpoint(),
            correction.sentence()),
        correction.realmId(),
        event);
  }

  /**
   * The events that were counted and whose minute is over, although no similar event came after
   * them.
   */
  List<Event> due(long now) {
    rows.values().removeIf(minute -> minute.until() <= now);
    List<Event> due = new ArrayList<>();
    all().forEach(window -> due.addAll(window.due(now)));
    return due;
  }

  /** What was counted for a realm and not stored yet. */
  List<Event> pending(String realmId) {
    return all().flatMap(EventWindow::pending).filter(e -> realmId.equals(e.getRealmId())).toList();
  }

  private Stream<EventWindow> all() {
    return Stream.concat(Stream.of(clients, corrections), strangers.values().stream());
  }
}
