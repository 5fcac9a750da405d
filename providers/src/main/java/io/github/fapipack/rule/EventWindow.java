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
 * Lets the first event of a kind through at once, and counts those that follow within a minute:
 * they leave as one event, which is the latest of them with their number. However many kinds a
 * stranger makes up, so many are told apart; what goes beyond is of one kind.
 */
final class EventWindow {

  /** How long repetitions are counted before they are stored, in milliseconds. */
  static final long MILLIS = 60_000;

  /** The detail with the number of events for which one stands. */
  static final String COUNT = "fapi_count";

  /** The detail with the ids of the interactions for which an event stands, the latest ones. */
  static final String IDS = "fapi_interaction_ids";

  /** How many interactions are remembered. */
  static final int MOST_IDS = 20;

  /** What has come since the last event of its kind, and the next one as far as it is known. */
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
   * @param mostKinds how many are told apart at the same time
   */
  EventWindow(int mostKinds) {
    this.mostKinds = mostKinds;
  }

  /**
   * What is to be stored now that an event has come.
   *
   * @param kind what the event repeats if it is equal
   * @param overflow in its place when there are too many kinds
   * @param event its details can be changed
   */
  List<Event> due(Object kind, Object overflow, Event event) {
    return due(kind, overflow, event, changed -> {});
  }

  /**
   * What is to be stored now that an event has come.
   *
   * @param generalise takes from an event what it has not in common with all others, when there are
   *     too many kinds
   */
  List<Event> due(Object kind, Object overflow, Event event, Consumer<Event> generalise) {
    boolean known = pending.containsKey(kind) || pending.size() < mostKinds;
    if (!known) {
      generalise.accept(event);
    }
    List<Event> due = new ArrayList<>();
    // At once for all threads: each counted event is stored by one of them.
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

  /** Copies of what has been counted until now and is still to be stored. */
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

  /** What has been counted until now, although nothing more of its kind has come. */
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
