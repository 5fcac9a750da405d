package io.github.fapipack.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  /** What has come since the last event of its kind, and the next one as far as it is known. */
  private static final class Pending {
    private final long until;
    private Event next;
    private int count;

    Pending(long until) {
      this.until = until;
    }

    void add(Event repeated) {
      next = repeated;
      count++;
    }

    void takeInto(List<Event> due) {
      if (next != null) {
        next.getDetails().put(COUNT, String.valueOf(count));
        due.add(next);
        next = null;
      }
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
    boolean known = pending.containsKey(kind) || pending.size() < mostKinds;
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
