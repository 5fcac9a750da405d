package io.github.fapipack.rollout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The refusals of one client's own requests, according to the event store: how many were refused,
 * and how many a rule in report mode would have refused. Each request counts once, however many
 * rules object; corrections, and requests that only name the client, do not count.
 */
final class ClientRefusals {

  /**
   * The number of requests to which one rule objected, or Keycloak for one reason.
   *
   * @param last the latest of them
   */
  record Tally(RefusedRow last, RefusedRow.Fault fault, long count) {
    private Tally plus(Tally other) {
      Tally later = other.last.time() > last.time() ? other : this;
      return new Tally(later.last, later.fault, count + other.count);
    }

    /** Whether the rule only reports. */
    boolean isReport() {
      return fault.isReport();
    }
  }

  private final Map<String, Tally> tallies = new HashMap<>();
  private long refused;
  private long wouldFail;
  private long lastRefused;
  private long lastWouldFail;

  void add(RefusedRow row) {
    if (row.isRefused()) {
      refused += row.count();
      lastRefused = Math.max(lastRefused, row.time());
    }
    if (row.wouldFail()) {
      wouldFail += row.count();
      lastWouldFail = Math.max(lastWouldFail, row.time());
    }
    Map<String, Tally> ofRow = new HashMap<>();
    for (RefusedRow.Fault fault : row.faults()) {
      ofRow.putIfAbsent(
          fault.mode() + " " + fault.rule() + " " + fault.reason(),
          new Tally(row, fault, row.count()));
    }
    ofRow.forEach((key, tally) -> tallies.merge(key, tally, Tally::plus));
  }

  /** How many requests were refused. */
  long refused() {
    return refused;
  }

  /** How many requests would have been refused by rules that only report. */
  long wouldFail() {
    return wouldFail;
  }

  /** When a request was last refused, in milliseconds since 1970; 0 for never. */
  long lastRefused() {
    return lastRefused;
  }

  /** When a request would last have been refused, in milliseconds since 1970; 0 for never. */
  long lastWouldFail() {
    return lastWouldFail;
  }

  /** By rule or reason, those with the most requests first. */
  List<Tally> tallies() {
    List<Tally> sorted = new ArrayList<>(tallies.values());
    sorted.sort((a, b) -> Long.compare(b.count(), a.count()));
    return sorted;
  }
}
