package io.github.fapipack.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.ProvenRequests.Count;
import io.github.fapipack.rule.Rollout;
import io.github.fapipack.traffic.Traffic;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * What is known of clients on their way to the rules: how many requests they have sent, what they
 * failed, and since when they have been clean.
 */
final class ClientProgress {

  /** The state of a client without findings whose requests would fail. */
  static final String FAILING = "failing";

  private static final long RECENT_MILLIS = TimeUnit.DAYS.toMillis(7);

  private final RealmModel realm;
  private final Rollout rollout;
  private final RefusalHistory history;
  private final Map<String, Map<String, RefusalHistory.Tally>> tallies;
  private final Map<String, Count> traffic;

  private ClientProgress(
      KeycloakSession session, RealmModel realm, Rollout rollout, String clientId, String id) {
    this.realm = realm;
    this.rollout = rollout;
    this.history = new RefusalHistory(session, realm);
    this.tallies =
        history.byClient(new RefusalHistory.Filter(clientId, null, null, Rollout.since(realm)));
    this.traffic = id == null ? Traffic.of(session, realm) : Traffic.of(session, realm, id);
  }

  /** That of all clients. */
  static ClientProgress of(KeycloakSession session, RealmModel realm) {
    return new ClientProgress(session, realm, Rollout.of(realm), null, null);
  }

  /** That of one client. */
  static ClientProgress of(KeycloakSession session, RealmModel realm, ClientModel client) {
    return new ClientProgress(
        session, realm, Rollout.of(realm), client.getClientId(), client.getId());
  }

  Mode mode(ClientRow client) {
    return rollout.modeFor(client.id(), client.clientId());
  }

  /** How many requests were seen of it; 0 if none is known. */
  long requests(ClientRow client) {
    Count count = traffic.get(client.id());
    return count == null ? 0 : count.requests();
  }

  /** When it was last seen, in milliseconds since 1970; 0 if it is not known to have been. */
  long lastSeen(ClientRow client) {
    Count count = traffic.get(client.id());
    return count == null ? 0 : count.last();
  }

  /** How many of its requests were refused. */
  long refused(ClientRow client) {
    return sum(failures(client, false));
  }

  /** How many of its requests would have been refused. */
  long wouldBeRefused(ClientRow client) {
    return sum(failures(client, true));
  }

  private static long sum(List<RefusalHistory.Tally> tallies) {
    return tallies.stream().mapToLong(RefusalHistory.Tally::count).sum();
  }

  private List<RefusalHistory.Tally> failures(ClientRow client, boolean report) {
    Collection<RefusalHistory.Tally> all =
        tallies.getOrDefault(client.clientId(), Map.of()).values();
    return all.stream()
        .filter(tally -> tally.isReport() == report && !tally.isCorrection())
        .toList();
  }

  /** When it would last have been refused, in milliseconds since 1970; 0 if it never was. */
  long lastFailure(ClientRow client) {
    return failures(client, true).stream()
        .mapToLong(tally -> tally.last().getTime())
        .max()
        .orElse(0);
  }

  /**
   * Whether its requests would fail if it were enforced now, as far as the last days tell: whatever
   * an audit says of its settings, it is not ready.
   */
  boolean isFailing(ClientRow client) {
    return mode(client) == Mode.REPORT
        && lastFailure(client) > Time.currentTimeMillis() - RECENT_MILLIS;
  }

  /** What is to be said of it as a whole: ready is what is not failing either. */
  String state(ClientRow client, Verdict verdict) {
    String state = verdict.state(client);
    return state.equals(Verdict.READY) && isFailing(client) ? FAILING : state;
  }

  /**
   * Since when it has sent nothing that would have been refused, in milliseconds since 1970. Nobody
   * knows of a client that has sent nothing since the realm began to report, nor in a realm that
   * keeps no events.
   */
  OptionalLong cleanSince(ClientRow client) {
    return mode(client) == Mode.REPORT
            && realm.isEventsEnabled()
            && lastSeen(client) >= Math.max(1, Rollout.since(realm))
        ? OptionalLong.of(Math.max(lastFailure(client), rememberedSince()))
        : OptionalLong.empty();
  }

  /** Nobody can say of a client what the event store has forgotten. */
  private long rememberedSince() {
    long kept = realm.getEventsExpiration();
    long since = Rollout.since(realm);
    return kept <= 0 ? since : Math.max(since, Time.currentTimeMillis() - kept * 1000);
  }

  ObjectNode json(ClientRow client) {
    ObjectNode tree =
        JsonSerialization.createObjectNode()
            .put("id", client.id())
            .put("clientId", client.clientId())
            .put("name", client.name())
            .put("enabled", client.enabled())
            .put("mode", mode(client).name().toLowerCase(Locale.ROOT))
            .put("requests", requests(client));
    if (lastSeen(client) > 0) {
      tree.put("lastSeen", lastSeen(client));
    }
    tree.put("refused", refused(client)).put("wouldBeRefused", wouldBeRefused(client));
    tree.put("failing", isFailing(client));
    cleanSince(client).ifPresent(since -> tree.put("cleanSince", since));
    failures(tree.putArray("wouldFail"), failures(client, true));
    failures(tree.putArray("failed"), failures(client, false));
    return tree;
  }

  private void failures(ArrayNode array, List<RefusalHistory.Tally> failed) {
    failed.stream()
        .sorted((a, b) -> Long.compare(b.count(), a.count()))
        .forEach(tally -> array.add(history.explained(tally.last()).put("count", tally.count())));
  }
}
