package io.github.fapipack.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.keycloak.events.Event;

/**
 * Lets the first event of a kind through at once and counts those that follow within a minute; the
 * latest of them is then emitted with their number. The number of kinds is limited, because senders
 * can invent kinds; all events beyond the limit are counted as one kind.
 */
final class EventWindow {

  /** How long repetitions are counted before they are stored, in milliseconds. */
  static final long MILLIS = 60_000;

  /** The detail with the number of events for which one stands. */
  static final String COUNT = "fapi_count";

  /** The detail with the ids of the latest interactions for which an event stands. */
  static final String IDS = "fapi_interaction_ids";

  /** How many interaction ids are kept. */
  static final int MOST_IDS = 20;

  /**
   * The events since the last emitted one of the same kind: the latest of them and their number.
   */
  private static final class Pending {
    private final long until;
    private final ArrayDeque<String> ids = new ArrayDeque<>();
    private Event next;
    private int count;

    Pending(long until) {
      this.until = until;
    }

    void add(Event repeated) {
      next = repeated;
      count++;
      if (repeated.getDetails().get(IDS) != null) {
        ids.add(repeated.getDetails().get(IDS));
        if (ids.size() > MOST_IDS) {
          ids.remove();
        }
      }
    }

    void takeInto(List<Event> due) {
      if (next != null) {
        due.add(counted());
        next = null;
      }
    }

    /** The event that stands for all that were counted. */
    private Event counted() {
      next.getDetails().put(COUNT, String.valueOf(count));
      if (!ids.isEmpty()) {
        next.getDetails().put(IDS, String.join(" ", ids));
      }
      return next;
    }
  }

  private final int mostKinds;
  private final Map<Object, Pending> pending = new ConcurrentHashMap<>();

  /**
   * @param mostKinds how many kinds are distinguished at the same time
   */
  EventWindow(int mostKinds) {
    this.mostKinds = mostKinds;
  }

  /**
   * Adds an event, and returns the events to store now.
   *
   * @param kind equal for events that repeat each other
   * @param overflow the kind to use when there are too many kinds
   * @param event its details can be changed
   */
  List<Event> due(Object kind, Object overflow, Event event) {
    return due(kind, overflow, event, changed -> {});
  }

  /**
   * Adds an event, and returns the events to store now.
   *
   * @param generalise removes from an event what differs among the events of the overflow kind;
   *     called when there are too many kinds
   */
  List<Event> due(Object kind, Object overflow, Event event, Consumer<Event> generalise) {
    boolean known = pending.containsKey(kind) || pending.size() < mostKinds;
    if (!known) {
      generalise.accept(event);
    }
    List<Event> due = new ArrayList<>();
    // Atomic: each counted event is stored by exactly one thread.
    pending.compute(
        known ? kind : overflow,
        (same, before) -> {
          if (before != null && before.until > event.getTime()) {
            before.add(event);
            return before;
          }
          if (before != null) {
            before.takeInto(due);
          }
          due.add(event);
          return new Pending(event.getTime() + MILLIS);
        });
    return due;
  }

  /** Copies of the counted events that are not stored yet. */
  Stream<Event> pending() {
    List<Event> copies = new ArrayList<>();
    pending
        .keySet()
        .forEach(
            kind ->
                pending.computeIfPresent(
                    kind,
                    (same, before) -> {
                      if (before.next != null) {
                        Event copy = before.counted().clone();
                        copy.setId(before.next.getId());
                        copies.add(copy);
                      }
                      return before;
                    }));
    return copies.stream();
  }

  /**
   * The events that were counted and whose minute is over, although no similar event came after
   * them.
   */
  List<Event> due(long now) {
    List<Event> due = new ArrayList<>();
    pending
        .keySet()
        .forEach(
            kind ->
                pending.computeIfPresent(
                    kind,
                    (same, before) -> {
                      if (before.until > now) {
                        return before;
                      }
                      before.takeInto(due);
                      return null;
                    }));
    return due;
  }
}
