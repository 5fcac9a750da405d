package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.keycloak.ServerState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.cache.infinispan.ClearCacheEvent;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The clients of each realm that are not active, in the memory of this node, so that a request
 * costs no query. A change at any node is known at all of them at once by a message; if that is
 * lost, after a few seconds.
 */
final class InactiveClients {

  private static final Logger LOGGER = Logger.getLogger(InactiveClients.class);

  /** The name under which nodes send each other the message. */
  private static final String MESSAGE = "fapi-participants-changed";

  private static final long NANOS = Duration.ofSeconds(3).toNanos();

  private static final ServerState<Map<String, Snapshot>> SNAPSHOTS =
      new ServerState<>(ConcurrentHashMap::new);
  private static final ServerState<Map<String, Object>> LOCKS =
      new ServerState<>(ConcurrentHashMap::new);

  /** Counts the changes, so that what was read before one is not kept after it. */
  private static final ServerState<AtomicLong> CHANGES = new ServerState<>(AtomicLong::new);

  /**
   * What was read.
   *
   * @param change the number of changes before it was read
   */
  private record Snapshot(long time, long change, Map<String, ParticipantState> states) {

    boolean isFresh() {
      return change == CHANGES.get().get() && System.nanoTime() - time < NANOS;
    }
  }

  private InactiveClients() {}

  /** The state of a client; empty if it is active. */
  static Optional<ParticipantState> state(KeycloakSession session, ClientModel client) {
    String realmId = client.getRealm().getId();
    if (AfterCommit.isPending(session, realmId)) {
      return Optional.ofNullable(read(session, realmId).get(client.getId()));
    }
    Snapshot known = SNAPSHOTS.get().get(realmId);
    if (known == null || !known.isFresh()) {
      synchronized (LOCKS.get().computeIfAbsent(realmId, id -> new Object())) {
        known = SNAPSHOTS.get().get(realmId);
        if (known == null || !known.isFresh()) {
          known = load(session, realmId);
        }
      }
    }
    return Optional.ofNullable(known.states().get(client.getId()));
  }

  /** In the session of the request: with one more connection requests could wait for each other. */
  private static Snapshot load(KeycloakSession session, String realmId) {
    Snapshot made =
        new Snapshot(System.nanoTime(), CHANGES.get().get(), Map.copyOf(read(session, realmId)));
    SNAPSHOTS.get().put(realmId, made);
    return made;
  }

  private static Map<String, ParticipantState> read(KeycloakSession session, String realmId) {
    return Participants.table(session, realmId).inactive();
  }

  /** Called once when the server starts. */
  static void listen(KeycloakSession session) {
    session
        .getProvider(ClusterProvider.class)
        .registerListener(MESSAGE, event -> CHANGES.get().incrementAndGet());
  }

  /** Makes all nodes read the states anew. */
  static void invalidate(KeycloakSessionFactory factory) {
    CHANGES.get().incrementAndGet();
    try {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          session ->
              session
                  .getProvider(ClusterProvider.class)
                  .notify(MESSAGE, ClearCacheEvent.getInstance(), true));
    } catch (RuntimeException e) {
      LOGGER.warn("Other nodes learn of a change of participants some seconds later", e);
    }
  }

  static void forget(String realmId) {
    SNAPSHOTS.get().remove(realmId);
    LOCKS.get().remove(realmId);
  }
}
