package io.github.fapipack.rollout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.report.ClientRow;
import io.github.fapipack.report.Verdict;
import io.github.fapipack.rule.JsonName;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.ProvenRequests.Count;
import io.github.fapipack.rule.Rollout;
import io.github.fapipack.traffic.Traffic;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * What is known about the requests of clients while the realm reports: how many they have sent, how
 * many would have been refused, and since when they have been clean.
 */
public final class ClientProgress {

  /** The state of a client without findings whose requests would fail. */
  static final String FAILING = "failing";

  private static final long RECENT_MILLIS = TimeUnit.DAYS.toMillis(7);

  private final RealmModel realm;
  private final Rollout rollout;
  private final RefusalHistory history;
  private final Map<String, ClientRefusals> refusals;
  private final Map<String, Count> traffic;

  private ClientProgress(
      KeycloakSession session, RealmModel realm, Rollout rollout, String clientId, String id) {
    this.realm = realm;
    this.rollout = rollout;
    this.history = new RefusalHistory(session, realm);
    this.refusals =
        history.byClient(RefusalHistory.Filter.since(Rollout.since(realm)).of(clientId));
    this.traffic = id == null ? Traffic.of(session, realm) : Traffic.of(session, realm, id);
  }

  /** The figures of all clients. */
  public static ClientProgress of(KeycloakSession session, RealmModel realm) {
    return new ClientProgress(session, realm, Rollout.of(realm), null, null);
  }

  /** The figures of one client. */
  public static ClientProgress of(KeycloakSession session, RealmModel realm, ClientModel client) {
    return new ClientProgress(
        session, realm, Rollout.of(realm), client.getClientId(), client.getId());
  }

  public Mode mode(ClientRow client) {
    return rollout.modeFor(client.id(), client.clientId());
  }

  /** How many of its requests were seen; 0 if unknown. */
  public long requests(ClientRow client) {
    Count count = traffic.get(client.id());
    return count == null ? 0 : count.requests();
  }

  /** When it was last seen, in milliseconds since 1970; 0 if unknown. */
  public long lastSeen(ClientRow client) {
    Count count = traffic.get(client.id());
    return count == null ? 0 : count.last();
  }

  private ClientRefusals refusals(ClientRow client) {
    return refusals.getOrDefault(client.clientId(), new ClientRefusals());
  }

  /** How many of its requests were refused. */
  public long refused(ClientRow client) {
    return refusals(client).refused();
  }

  /** How many of its requests would have been refused. */
  public long wouldBeRefused(ClientRow client) {
    return refusals(client).wouldFail();
  }

  /** When a request would last have been refused, in milliseconds since 1970; 0 for never. */
  long lastFailure(ClientRow client) {
    return refusals(client).lastWouldFail();
  }

  /**
   * Whether its requests would fail if the rules were enforced now, according to the last days;
   * such a client is not ready, even without findings.
   */
  public boolean isFailing(ClientRow client) {
    return mode(client) == Mode.REPORT
        && lastFailure(client) > Time.currentTimeMillis() - RECENT_MILLIS;
  }

  /** The state of the client: ready only if it is not failing either. */
  public String state(ClientRow client, Verdict verdict) {
    String state = verdict.state(client);
    return state.equals(Verdict.READY) && isFailing(client) ? FAILING : state;
  }

  /**
   * Since when none of its requests would have been refused, in milliseconds since 1970; empty if
   * it has sent no request since the realm began to report, or if the realm keeps no events.
   */
  public OptionalLong cleanSince(ClientRow client) {
    return mode(client) == Mode.REPORT
            && realm.isEventsEnabled()
            && lastSeen(client) >= Math.max(1, Rollout.since(realm))
        ? OptionalLong.of(Math.max(lastFailure(client), rememberedSince()))
        : OptionalLong.empty();
  }

  /** Events older than the event store's expiry are gone. */
  private long rememberedSince() {
    long kept = realm.getEventsExpiration();
    long since = Rollout.since(realm);
    return kept <= 0 ? since : Math.max(since, Time.currentTimeMillis() - kept * 1000);
  }

  public ObjectNode json(ClientRow client) {
    ObjectNode tree =
        JsonSerialization.createObjectNode()
            .put("id", client.id())
            .put("clientId", client.clientId())
            .put("name", client.name())
            .put("enabled", client.enabled())
            .put("mode", JsonName.of(mode(client)))
            .put("requests", requests(client));
    if (lastSeen(client) > 0) {
      tree.put("lastSeen", lastSeen(client));
    }
    tree.put("refused", refused(client)).put("wouldBeRefused", wouldBeRefused(client));
    tree.put("failing", isFailing(client));
    cleanSince(client).ifPresent(since -> tree.put("cleanSince", since));
    tree.putArray("wouldFail");
    tree.putArray("failed");
    refusals(client)
        .tallies()
        .forEach(
            tally ->
                tree.withArray(tally.isReport() ? "wouldFail" : "failed")
                    .add(history.explained(tally)));
    return tree;
  }
}
