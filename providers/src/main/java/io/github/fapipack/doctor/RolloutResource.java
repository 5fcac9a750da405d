package io.github.fapipack.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.Rollout;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.util.JsonSerialization;

/**
 * {@code /admin/realms/{realm}/fapi/rollout}: which clients are held to the rules and which only
 * watched, what the watched ones would fail, and since when they have been clean.
 */
public final class RolloutResource {

  private static final int LARGEST_PAGE = 500;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;
  private final AdminEventBuilder event;

  RolloutResource(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator auth,
      AdminEventBuilder event) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
    this.event = event;
  }

  /**
   * How far the realm has come, client by client.
   *
   * @param search a part of the client_id
   * @param clientId all of it, for this one client alone
   */
  @GET
  public Response clients(
      @QueryParam("search") String search,
      @QueryParam("client") String clientId,
      @QueryParam("first") @DefaultValue("0") int first,
      @QueryParam("max") @DefaultValue("100") int max) {
    auth.realm().requireViewRealm();
    auth.clients().requireView();
    FapiResource.allow(session, "search", "client", "first", "max");
    Rollout rollout = Rollout.of(realm);
    Map<String, ClientRefusals> refusals =
        history().byClient(RefusalHistory.Filter.since(Rollout.since(realm)).of(clientId));
    ObjectNode answer = state(realm, rollout);
    ArrayNode clients = answer.putArray("clients");
    Stream<ClientModel> meant =
        clientId == null
            ? page(search, Math.max(0, first), Math.min(Math.max(1, max), LARGEST_PAGE))
            : Stream.ofNullable(realm.getClientByClientId(clientId));
    meant
        .filter(auth.clients()::canView)
        .forEach(
            client ->
                clients.add(
                    client(
                        rollout,
                        client,
                        refusals.getOrDefault(client.getClientId(), new ClientRefusals()))));
    return json(answer);
  }

  private Stream<ClientModel> page(String search, int first, int max) {
    return search == null || search.isBlank()
        ? realm.getClientsStream(first, max)
        : realm.searchClientByClientIdStream(search, first, max);
  }

  private ObjectNode client(Rollout rollout, ClientModel client, ClientRefusals refusals) {
    ObjectNode tree =
        JsonSerialization.createObjectNode()
            .put("id", client.getId())
            .put("clientId", client.getClientId())
            .put("name", client.getName())
            .put("enabled", client.isEnabled())
            .put("mode", name(rollout.modeFor(client)));
    tree.putArray("wouldFail");
    tree.putArray("failed");
    if (rollout.modeFor(client) == Mode.REPORT && realm.isEventsEnabled()) {
      tree.put("cleanSince", Math.max(refusals.lastWouldFail(), rememberedSince()));
    }
    refusals
        .tallies()
        .forEach(
            tally ->
                tree.withArray(tally.isReport() ? "wouldFail" : "failed")
                    .add(history().explained(tally)));
    return tree;
  }

  /** Nobody can say of a client what the event store has forgotten. */
  private long rememberedSince() {
    long kept = realm.getEventsExpiration();
    long since = Rollout.since(realm);
    return kept <= 0 ? since : Math.max(since, Time.currentTimeMillis() - kept * 1000);
  }

  /**
   * Switches the whole realm, or one client of a realm that reports.
   *
   * @param mode {@code report} or {@code enforce}
   * @param clientId one client; without it all of them, and single exceptions are forgotten
   */
  @PUT
  public Response change(@QueryParam("mode") String mode, @QueryParam("client") String clientId) {
    auth.realm().requireManageRealm();
    auth.clients().requireManage();
    FapiResource.allow(session, "mode", "client");
    Mode wanted = mode(mode);
    Journal journal = new Journal(auth.adminAuth());
    Surgery surgeon = new Surgery(session, realm, event, auth.clients()::canManage);
    // Two that each move one client over must not forget the other's.
    return surgeon.alone(
        () -> json(surgeon.inSession(writing -> change(writing, journal, wanted, clientId))));
  }

  private ObjectNode change(
      KeycloakSession writing, Journal journal, Mode wanted, String clientId) {
    RealmModel changed = writing.getContext().getRealm();
    JsonNode before = Journal.modeOf(changed);
    Rollout all = wanted == Mode.ENFORCE ? Rollout.complete() : Rollout.reporting();
    Rollout after = clientId == null ? all : one(changed, clientId, wanted);
    after.save(changed);
    String entry =
        journal.mode(writing, before, wanted, clientId == null ? null : List.of(clientId));
    ObjectNode said = JsonSerialization.createObjectNode().put("mode", name(wanted));
    if (clientId != null) {
      said.put("client", clientId);
    }
    event
        .clone(writing)
        .resource(ResourceType.REALM)
        .operation(OperationType.UPDATE)
        .resourcePath(session.getContext().getUri())
        .representation(said)
        .success();
    return state(changed, after).put("historyId", entry);
  }

  private Rollout one(RealmModel changed, String clientId, Mode wanted) {
    ClientModel client = changed.getClientByClientId(clientId);
    if (client == null && wanted == Mode.REPORT && Rollout.of(changed).names(clientId)) {
      return Rollout.of(changed).without(clientId); // who comes back under that name starts anew
    }
    if (client == null) {
      throw ErrorResponse.error("the realm has no such client", Status.NOT_FOUND);
    }
    auth.clients().requireManage(client);
    Rollout before = Rollout.of(changed);
    if (before.mode() == Mode.ENFORCE) {
      throw ErrorResponse.error(
          "the realm holds every client to the rules; switch the realm to report first",
          Status.CONFLICT);
    }
    return before.with(client, wanted);
  }

  /** Reads a mode, or answers with HTTP 400. */
  static Mode mode(String name) {
    try {
      return Mode.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ErrorResponse.error("mode must be report or enforce", Status.BAD_REQUEST);
    }
  }

  private static ObjectNode state(RealmModel realm, Rollout rollout) {
    ObjectNode answer =
        JsonSerialization.createObjectNode()
            .put("realm", realm.getName())
            .put("mode", name(rollout.mode()))
            .put("enforcedClients", rollout.enforcedClients())
            .put("eventsKept", realm.isEventsEnabled());
    if (rollout.mode() == Mode.REPORT) {
      answer.put("since", Rollout.since(realm));
    }
    return answer;
  }

  private RefusalHistory history() {
    return new RefusalHistory(session, realm);
  }

  private static String name(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static Response json(ObjectNode body) {
    return FapiResource.json(Status.OK, body);
  }
}
