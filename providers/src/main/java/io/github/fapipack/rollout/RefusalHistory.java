package io.github.fapipack.rollout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rule.RefusalLog;
import io.github.fapipack.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventQuery;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.jpa.JpaEventStoreProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The refused and would-be refused requests in the realm's event store and in this node's memory,
 * with explanations: what happened, what is required, and what to do.
 */
public final class RefusalHistory {

  /** Events are read in portions of this size, and at most {@link #MOST_READ} in all. */
  private static final int PORTION = 1000;

  private static final int MOST_READ = 100_000;

  /** Which events to read; corrections refuse nothing. */
  public enum Kind {
    REFUSAL,
    CORRECTION
  }

  /**
   * Which requests to select; null stands for all.
   *
   * @param clientId of a client that sent or only named them
   * @param rule the id of a rule, or a reason in its place
   * @param mode {@code enforce} or {@code report}
   * @param interaction an {@code x-fapi-interaction-id}
   * @param from the earliest time, in milliseconds since 1970
   * @param to the latest time, in milliseconds since 1970
   */
  public record Filter(
      Kind kind,
      String clientId,
      String rule,
      String mode,
      String interaction,
      long from,
      long to) {

    /** Selects all refusals since then. */
    static Filter since(long from) {
      return new Filter(Kind.REFUSAL, null, null, null, null, from, Long.MAX_VALUE);
    }

    /** Restricts the filter to one client; null for all. */
    Filter of(String oneClientId) {
      return new Filter(kind, oneClientId, rule, mode, interaction, from, to);
    }

    private boolean fits(RefusedRow row) {
      return (kind == null || (kind == Kind.CORRECTION) == row.isCorrection())
          && (clientId == null || clientId.equals(row.client()) || clientId.equals(row.named()))
          && row.faults().stream().anyMatch(this::fits)
          && (interaction == null
              || row.interactions().stream().anyMatch(interaction::equalsIgnoreCase))
          && row.time() >= from
          && row.time() <= to;
    }

    private boolean fits(RefusedRow.Fault fault) {
      return (rule == null || fault.isOf(rule)) && (mode == null || mode.equals(fault.mode()));
    }
  }

  private final KeycloakSession session;
  private final RealmModel realm;

  public RefusalHistory(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** The latest requests first. */
  public ArrayNode list(Filter filter, int max) {
    ArrayNode list = JsonSerialization.mapper.createArrayNode();
    read(
        filter,
        row -> {
          list.add(explained(row));
          return list.size() < max;
        });
    return list;
  }

  /** The refusals of each proven client, by client_id. */
  Map<String, ClientRefusals> byClient(Filter filter) {
    Map<String, ClientRefusals> found = new HashMap<>();
    read(
        filter,
        row -> {
          if (row.proven() && !row.isCorrection()) {
            found.computeIfAbsent(row.client(), client -> new ClientRefusals()).add(row);
          }
          return true;
        });
    return found;
  }

  /**
   * Reads the selected events, the latest first.
   *
   * @param reader returns whether to continue
   */
  private void read(Filter filter, Predicate<RefusedRow> reader) {
    // Read before the event store, because it may be stored in the meantime.
    List<Event> pending = new ArrayList<>(RefusalLog.pending(realm.getId()));
    pending.sort((a, b) -> Long.compare(b.getTime(), a.getTime()));
    Set<String> known = new HashSet<>();
    for (Event event : pending) {
      known.add(event.getId());
      if (!pass(event, filter, reader)) {
        return;
      }
    }
    // For an unknown client, the name is a detail of the event.
    String client =
        filter.clientId() == null || realm.getClientByClientId(filter.clientId()) == null
            ? null
            : filter.clientId();
    long to = filter.to();
    int first = 0;
    int read = 0;
    while (read < MOST_READ) {
      List<Event> portion = portion(filter.from(), to, client, first);
      if (portion.isEmpty()) {
        return;
      }
      for (Event event : portion) {
        // The next portion starts at the same millisecond, which may have further events.
        first = event.getTime() == to ? first + 1 : 1;
        to = event.getTime();
        read++;
        if (known.add(event.getId()) && !pass(event, filter, reader)) {
          return;
        }
      }
    }
  }

  private static boolean pass(Event event, Filter filter, Predicate<RefusedRow> reader) {
    if (!RefusedRow.is(event)) {
      return true;
    }
    RefusedRow row = RefusedRow.of(event);
    return !filter.fits(row) || reader.test(row);
  }

  /** In a separate session, because a session keeps everything that it has read. */
  private List<Event> portion(long from, long to, String client, int first) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        session.getKeycloakSessionFactory(),
        session.getContext(),
        reading -> {
          EventStoreProvider store = reading.getProvider(EventStoreProvider.class);
          if (store instanceof JpaEventStoreProvider) {
            return new StoredRefusals(realm.getId(), client, from, to)
                .list(
                    reading.getProvider(JpaConnectionProvider.class).getEntityManager(),
                    first,
                    PORTION);
          }
          return store == null
              ? List.of()
              : query(store, from, to, client).firstResult(first).getResultStream().toList();
        },
        "FAPI refusals");
  }

  private EventQuery query(EventStoreProvider store, long from, long to, String client) {
    EventQuery query =
        store
            .createQuery()
            .realm(realm.getId())
            .type(RefusalLog.TYPE)
            .fromDate(from)
            .toDate(to)
            .orderByDescTime()
            .maxResults(PORTION);
    return client == null ? query : query.client(client);
  }

  /** A row in the form of the API. */
  ObjectNode explained(RefusedRow row) {
    ObjectNode tree = explained(row, row.leading());
    row.faults().stream().skip(1).forEach(fault -> tree.withArray("others").add(explained(fault)));
    return tree;
  }

  /** The requests of a tally in the form of the API. */
  ObjectNode explained(ClientRefusals.Tally tally) {
    return explained(tally.last(), tally.fault()).put("count", tally.count());
  }

  private ObjectNode explained(RefusedRow row, RefusedRow.Fault fault) {
    ObjectNode tree =
        JsonSerialization.createObjectNode()
            .put("kind", row.isCorrection() ? "correction" : "refusal")
            .put("time", row.time())
            .put("client", row.proven() ? row.client() : null)
            .put("proven", row.proven());
    if (!row.proven() && (row.client() != null || row.named() != null)) {
      tree.put("namedClient", row.client() == null ? row.named() : row.client())
          .put("knownClient", row.client() != null);
    }
    tree.put("endpoint", row.endpoint()).put("address", row.address());
    row.interactions().forEach(tree.withArray("interactionIds")::add);
    tree.setAll(explained(fault));
    return tree.put("count", row.count());
  }

  private ObjectNode explained(RefusedRow.Fault fault) {
    ObjectNode tree =
        JsonSerialization.createObjectNode()
            .put("rule", fault.rule())
            .put("clause", fault.clause())
            .put("mode", fault.mode())
            .put("error", fault.error())
            .put("seen", fault.seen())
            .put("wanted", wanted(fault.rule()));
    if (fault.reason() != null) {
      tree.put("reason", fault.reason());
    }
    if (fault.remedy() != null) {
      tree.put("remedy", fault.remedy());
    }
    return tree;
  }

  /** What the rule requires, in its help text. */
  private String wanted(String ruleId) {
    ProviderFactory<?> factory =
        ruleId == null
            ? null
            : session
                .getKeycloakSessionFactory()
                .getProviderFactory(ClientPolicyExecutorProvider.class, ruleId);
    return factory instanceof Rule<?> rule ? rule.getHelpText() : null;
  }
}
