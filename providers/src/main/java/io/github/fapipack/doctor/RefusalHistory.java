package io.github.fapipack.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rule.RefusalLog;
import io.github.fapipack.rule.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.events.Event;
import org.keycloak.events.EventQuery;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The refusals and would-be refusals that the realm's event store still holds, explained: what was
 * seen, what is wanted, and how to mend it.
 */
final class RefusalHistory {

  /** Events are read in portions of so many, and no more than {@link #MOST_READ} in all. */
  private static final int PORTION = 500;

  private static final int MOST_READ = 100_000;

  /**
   * Which refusals are meant; null stands for all.
   *
   * @param from the earliest time, in milliseconds since 1970
   */
  record Filter(String clientId, String rule, String mode, long from) {
    boolean fits(Event event) {
      Map<String, String> details = event.getDetails();
      return details != null
          && details.containsKey(RefusalLog.RULE)
          && (rule == null || rule.equals(details.get(RefusalLog.RULE)))
          && (mode == null || mode.equals(details.get(RefusalLog.MODE)));
    }
  }

  private final KeycloakSession session;
  private final RealmModel realm;

  RefusalHistory(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** The latest ones first. */
  ArrayNode list(Filter filter, int max) {
    ArrayNode list = JsonSerialization.mapper.createArrayNode();
    events(filter).limit(max).map(this::explained).forEach(list::add);
    return list;
  }

  /** What each client has failed, and how often: by client id, then by rule and mode. */
  Map<String, Map<String, Tally>> byClient(Filter filter) {
    Map<String, Map<String, Tally>> tallies = new HashMap<>();
    events(filter)
        .filter(event -> event.getClientId() != null)
        .forEach(
            event -> {
              String key =
                  event.getDetails().get(RefusalLog.MODE)
                      + " "
                      + event.getDetails().get(RefusalLog.RULE);
              tallies
                  .computeIfAbsent(event.getClientId(), client -> new HashMap<>())
                  .merge(key, Tally.of(event), Tally::plus);
            });
    return tallies;
  }

  /** How often a client has failed a rule, and the last time that it did. */
  record Tally(Event last, long count) {
    static Tally of(Event event) {
      return new Tally(event, RefusalHistory.count(event));
    }

    Tally plus(Tally other) {
      return new Tally(
          other.last.getTime() > last.getTime() ? other.last : last, count + other.count);
    }

    boolean isReport() {
      return "report".equals(last.getDetails().get(RefusalLog.MODE));
    }
  }

  private Stream<Event> events(Filter filter) {
    return Stream.iterate(0, first -> first < MOST_READ, first -> first + PORTION)
        .map(first -> portion(filter, first))
        .takeWhile(portion -> !portion.isEmpty())
        .flatMap(List::stream)
        .filter(filter::fits);
  }

  /** In a session of its own, as one would keep all that it has read. */
  private List<Event> portion(Filter filter, int first) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        session.getKeycloakSessionFactory(),
        session.getContext(),
        reading -> {
          EventStoreProvider store = reading.getProvider(EventStoreProvider.class);
          return store == null
              ? List.of()
              : query(store, filter).firstResult(first).getResultStream().toList();
        },
        "FAPI refusals");
  }

  private EventQuery query(EventStoreProvider store, Filter filter) {
    EventQuery query =
        store
            .createQuery()
            .realm(realm.getId())
            .type(RefusalLog.TYPE)
            .fromDate(filter.from())
            .orderByDescTime()
            .maxResults(PORTION);
    return filter.clientId() == null ? query : query.client(filter.clientId());
  }

  /** One refusal as the API shows it. */
  ObjectNode explained(Event event) {
    Map<String, String> details = event.getDetails();
    String sentence = Objects.requireNonNullElse(details.get(RefusalLog.SENTENCE), "");
    String plain = sentence.replaceFirst(" \\(fapi[^()]*\\)$", "");
    int cut = plain.indexOf("; ");
    ObjectNode tree =
        JsonSerialization.createObjectNode()
            .put("time", event.getTime())
            .put("client", event.getClientId())
            .put("endpoint", details.get(RefusalLog.ENDPOINT))
            .put("rule", details.get(RefusalLog.RULE))
            .put("clause", details.get(RefusalLog.CLAUSE))
            .put("mode", details.get(RefusalLog.MODE))
            .put("error", event.getError())
            .put("seen", cut < 0 ? plain : plain.substring(0, cut))
            .put("wanted", wanted(details.get(RefusalLog.RULE)));
    if (cut >= 0) {
      tree.put("remedy", plain.substring(cut + 2));
    }
    return tree.put("count", Long.valueOf(count(event)));
  }

  /** What the rule demands, in the words of the admin console. */
  private String wanted(String ruleId) {
    ProviderFactory<?> factory =
        session
            .getKeycloakSessionFactory()
            .getProviderFactory(ClientPolicyExecutorProvider.class, ruleId);
    return factory instanceof Rule<?> rule ? rule.getHelpText() : null;
  }

  private static long count(Event event) {
    try {
      return Long.parseLong(event.getDetails().getOrDefault(RefusalLog.COUNT, "1"));
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
