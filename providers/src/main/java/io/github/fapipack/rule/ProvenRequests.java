package io.github.fapipack.rule;

import io.github.fapipack.keycloak.ServerState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts, in memory, the requests that are proven to come from a client: requests with client
 * authentication, and logins that a user completed. The counts are taken from here at intervals and
 * stored. Other requests are not counted, so there are never more entries than clients.
 */
public final class ProvenRequests {

  /**
   * The most clients that are counted between two calls of {@link #take}; more than a node serves.
   */
  private static final int MOST = 50_000;

  /**
   * A client whose requests are counted.
   *
   * @param id the client's internal id, not its client_id
   */
  public record Sender(String realmId, String id) {}

  /**
   * How many requests there were.
   *
   * @param first when the first of them came, in milliseconds since 1970
   * @param last when the last of them came, in milliseconds since 1970
   */
  public record Count(long requests, long first, long last) {

    /** The sum of two counts. */
    public Count plus(Count other) {
      return new Count(
          requests + other.requests, Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  private static final ServerState<Map<Sender, Count>> COUNTS =
      new ServerState<>(ConcurrentHashMap::new);

  private ProvenRequests() {}

  static void add(String realmId, String id, long time) {
    add(new Sender(realmId, id), new Count(1, time, time));
  }

  private static void add(Sender sender, Count count) {
    if (COUNTS.get().size() < MOST || COUNTS.get().containsKey(sender)) {
      COUNTS.get().merge(sender, count, Count::plus);
    }
  }

  /** The counts since the last call, which are then reset. */
  public static Map<Sender, Count> take() {
    Map<Sender, Count> taken = new HashMap<>();
    for (Sender sender : List.copyOf(COUNTS.get().keySet())) {
      Count count = COUNTS.get().remove(sender);
      if (count != null) {
        taken.put(sender, count);
      }
    }
    return taken;
  }

  /** Returns counts that could not be stored; the next call of {@link #take} includes them. */
  public static void giveBack(Map<Sender, Count> counts) {
    counts.forEach(ProvenRequests::add);
  }
}
