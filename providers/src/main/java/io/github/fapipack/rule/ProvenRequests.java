package io.github.fapipack.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts, in memory, the requests that were proven to be a client's: those with which it has
 * authenticated, and logins that a user has ended. Whoever keeps the numbers takes them out of here
 * now and then. Strangers count for nobody, so that there are never more entries than clients.
 */
public final class ProvenRequests {

  /** Clients beyond so many between two takings are not counted; a node has fewer. */
  private static final int MOST = 50_000;

  /**
   * A client whose requests are counted.
   *
   * @param id the client's id, which is not its client_id
   */
  public record Sender(String realmId, String id) {}

  /**
   * How many requests there were.
   *
   * @param first when the first of them came, in milliseconds since 1970
   * @param last when the last of them came, in milliseconds since 1970
   */
  public record Count(long requests, long first, long last) {

    /** All of these and of those. */
    public Count plus(Count other) {
      return new Count(
          requests + other.requests, Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  private static final Map<Sender, Count> COUNTS = new ConcurrentHashMap<>();

  private ProvenRequests() {}

  static void add(String realmId, String id, long time) {
    add(new Sender(realmId, id), new Count(1, time, time));
  }

  private static void add(Sender sender, Count count) {
    if (COUNTS.size() < MOST || COUNTS.containsKey(sender)) {
      COUNTS.merge(sender, count, Count::plus);
    }
  }

  /** What has come since this was last asked; afterwards nothing is left here. */
  public static Map<Sender, Count> take() {
    Map<Sender, Count> taken = new HashMap<>();
    for (Sender sender : List.copyOf(COUNTS.keySet())) {
      Count count = COUNTS.remove(sender);
      if (count != null) {
        taken.put(sender, count);
      }
    }
    return taken;
  }

  /** Gives back what could not be kept, to be taken again. */
  public static void giveBack(Map<Sender, Count> counts) {
    counts.forEach(ProvenRequests::add);
  }
}
