package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.change.Journal;
import io.github.fapipack.report.ClientRow;
import io.github.fapipack.report.Standing;
import io.github.fapipack.rollout.CleanClients;
import io.github.fapipack.rollout.ClientProgress;
import io.github.fapipack.rule.JsonName;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.Rollout;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.stream.Stream;
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
 * {@code /admin/realms/{realm}/fapi/rollout}: for which clients the rules are enforced and for
 * which they only report, which requests of the latter would fail, and since when they have been
 * clean.
 */
public final class RolloutResource {

  private static final int LARGEST_PAGE = 500;
  private static final int MOST_DAYS = 3650;

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
   * The progress of the realm, client by client.
   *
   * @param search a part of the client_id
   * @param clientId exactly this client
   * @param max how many clients at most; 0 for the realm alone
   */
  @GET
  public Response clients(
      @QueryParam("search") String search,
      @QueryParam("client") String clientId,
      @QueryParam("first") @DefaultValue("0") int first,
      @QueryParam("max") @DefaultValue("100") int max) {
    auth.realm().requireViewRealm();
    auth.clients().requireView();
    Parameters.allow(session, "search", "client", "first", "max");
    ObjectNode answer = state(session, realm, Rollout.of(realm));
    ArrayNode clients = answer.putArray("clients");
    if (clientId != null) {
      ClientModel client = realm.getClientByClientId(clientId);
      if (client != null && auth.clients().canView(client)) {
        clients.add(ClientProgress.of(session, realm, client).json(ClientRow.of(client)));
      }
    } else if (max > 0) {
      ClientProgress progress = ClientProgress.of(session, realm);
      page(search, Math.max(0, first), Math.min(max, LARGEST_PAGE))
          .filter(auth.clients()::canView)
          .forEach(client -> clients.add(progress.json(ClientRow.of(client))));
    }
    return json(answer);
  }

  private Stream<ClientModel> page(String search, int first, int max) {
    return search == null || search.isBlank()
        ? realm.getClientsStream(first, max)
        : realm.searchClientByClientIdStream(search, first, max);
  }

  /**
   * Changes the mode of the whole realm, of one client in a realm that reports, or of all its
   * clients that have been clean for some days.
   *
   * @param mode {@code report} or {@code enforce}
   * @param clientId one client; without it the whole realm, and modes of single clients are removed
   * @param cleanDays moves the clients to enforcing that have sent requests for so many days of
   *     which none would have been refused
   * @param dryRun with {@code cleanDays}: only shows the clients; true by default
   * @param planId with {@code cleanDays}: that of a dry run, to change exactly its clients
   */
  @PUT
  public Response change(
      @QueryParam("mode") String mode,
      @QueryParam("client") String clientId,
      @QueryParam("cleanDays") Integer cleanDays,
      @QueryParam("dryRun") @DefaultValue("true") String dryRun,
      @QueryParam("planId") String planId) {
    auth.realm().requireManageRealm();
    auth.clients().requireManage();
    Mode wanted = Parameters.mode(mode);
    if (cleanDays != null) {
      Parameters.allow(session, "mode", "cleanDays", "dryRun", "planId");
      return enforceClean(wanted, cleanDays, Parameters.flag("dryRun", dryRun), planId);
    }
    Parameters.allow(session, "mode", "client");
    ExclusiveChange exclusive = exclusive();
    Journal journal = new Journal(auth.adminAuth());
    // Locked, so that two concurrent changes of single clients do not overwrite each other.
    return exclusive.run(
        () -> json(exclusive.inSession(writing -> change(writing, journal, wanted, clientId))));
  }

  private ExclusiveChange exclusive() {
    return new ExclusiveChange(session, realm, event, auth.clients()::canManage);
  }

  private Response enforceClean(Mode wanted, int days, boolean dryRun, String planId) {
    if (wanted != Mode.ENFORCE || days < 0 || days > MOST_DAYS) {
      throw ErrorResponse.error(
          "cleanDays requires mode=enforce, and must be a number from 0 to " + MOST_DAYS,
          Status.BAD_REQUEST);
    }
    if (dryRun) {
      demandReporting(realm);
      CleanClients clean = CleanClients.of(session, realm, auth, days);
      return json(answer(session, realm, Rollout.of(realm), clean, true));
    }
    ExclusiveChange exclusive = exclusive();
    Journal journal = new Journal(auth.adminAuth());
    return exclusive.run(
        () -> {
          // Computed before the writing session begins, so that it sees what is committed.
          CleanClients clean = CleanClients.of(session, realm, auth, days);
          if (planId != null && !planId.equals(clean.planId())) {
            return ExclusiveChange.conflict(
                "the clean clients are no longer those of the dry run; look at a new one",
                List.of());
          }
          return json(exclusive.inSession(writing -> enforce(writing, journal, clean)));
        });
  }

  private ObjectNode enforce(KeycloakSession writing, Journal journal, CleanClients clean) {
    RealmModel changed = writing.getContext().getRealm();
    demandReporting(changed);
    demandNotBlocked(writing, changed);
    Rollout after = Rollout.of(changed).enforcing(clean.clientIdsById());
    ObjectNode said =
        JsonSerialization.createObjectNode()
            .put("mode", name(Mode.ENFORCE))
            .put("cleanDays", clean.days());
    clean.clientIdsById().values().forEach(said.putArray("clients")::add);
    JsonNode before = Journal.modeOf(changed);
    save(writing, changed, after, said);
    String entry =
        journal.mode(writing, before, Mode.ENFORCE, List.copyOf(clean.clientIdsById().values()));
    return answer(writing, changed, after, clean, false).put("historyId", entry);
  }

  private static ObjectNode answer(
      KeycloakSession session,
      RealmModel realm,
      Rollout rollout,
      CleanClients clean,
      boolean dryRun) {
    ObjectNode answer = state(session, realm, rollout).put("dryRun", dryRun);
    clean.addTo(answer);
    return answer;
  }

  private ObjectNode change(
      KeycloakSession writing, Journal journal, Mode wanted, String clientId) {
    RealmModel changed = writing.getContext().getRealm();
    JsonNode before = Journal.modeOf(changed);
    Rollout all = wanted == Mode.ENFORCE ? Rollout.complete() : Rollout.reporting();
    Rollout after = clientId == null ? all : one(writing, changed, clientId, wanted);
    ObjectNode said = JsonSerialization.createObjectNode().put("mode", name(wanted));
    if (clientId != null) {
      said.put("client", clientId);
    }
    save(writing, changed, after, said);
    String entry =
        journal.mode(writing, before, wanted, clientId == null ? null : List.of(clientId));
    return state(writing, changed, after).put("historyId", entry);
  }

  /** Saves a change of mode, and reports it as an admin event. */
  private void save(KeycloakSession writing, RealmModel changed, Rollout after, ObjectNode said) {
    after.save(changed);
    event
        .clone(writing)
        .resource(ResourceType.REALM)
        .operation(OperationType.UPDATE)
        .resourcePath(session.getContext().getUri())
        .representation(said)
        .success();
  }

  private Rollout one(KeycloakSession writing, RealmModel changed, String clientId, Mode wanted) {
    ClientModel client = changed.getClientByClientId(clientId);
    if (client == null && wanted == Mode.REPORT && Rollout.of(changed).names(clientId)) {
      return Rollout.of(changed)
          .without(clientId); // a later client with that client_id starts anew
    }
    if (client == null) {
      throw ErrorResponse.error("the realm has no such client", Status.NOT_FOUND);
    }
    auth.clients().requireManage(client);
    demandReporting(changed);
    if (wanted == Mode.ENFORCE) {
      demandNotBlocked(writing, changed);
    }
    return Rollout.of(changed).with(client, wanted);
  }

  private static void demandReporting(RealmModel realm) {
    if (Rollout.of(realm).mode() == Mode.ENFORCE) {
      throw ErrorResponse.error(
          "the realm enforces the rules for every client; switch the realm to report first",
          Status.CONFLICT);
    }
  }

  private static void demandNotBlocked(KeycloakSession session, RealmModel realm) {
    new Standing(session, realm)
        .blocked()
        .ifPresent(
            sentence -> {
              throw ErrorResponse.error(sentence, Status.CONFLICT);
            });
  }

  private static ObjectNode state(KeycloakSession session, RealmModel realm, Rollout rollout) {
    Standing standing = new Standing(session, realm);
    ObjectNode answer =
        JsonSerialization.createObjectNode()
            .put("realm", realm.getName())
            .put("state", standing.state().name())
            .put("mode", name(rollout.mode()))
            .put("enforcedClients", rollout.enforcedClients())
            .put("eventsKept", realm.isEventsEnabled());
    if (rollout.mode() == Mode.REPORT) {
      answer.put("since", Rollout.since(realm));
      standing.blocked().ifPresent(sentence -> answer.put("blocked", sentence));
    }
    return answer;
  }

  private static String name(Mode mode) {
    return JsonName.of(mode);
  }

  private static Response json(ObjectNode body) {
    return JsonAnswer.ok(body);
  }
}
