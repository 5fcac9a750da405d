package io.github.fapipack.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.change.Conflict;
import io.github.fapipack.change.Journal;
import io.github.fapipack.change.ModeMerge;
import io.github.fapipack.history.HistoryEntry;
import io.github.fapipack.history.HistoryEntry.Who;
import io.github.fapipack.history.HistoryLimits;
import io.github.fapipack.history.HistoryTable;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.RealmFields;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.util.JsonSerialization;

/**
 * {@code /admin/realms/{realm}/fapi/history}: administrators' changes in the realm, and how to undo
 * them.
 */
public final class HistoryResource {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;
  private final AdminEventBuilder event;

  HistoryResource(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator auth,
      AdminEventBuilder event) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
    this.event = event;
  }

  /** The entries, latest first, without their changes. */
  @GET
  public Response list(
      @QueryParam("first") @DefaultValue("0") int first,
      @QueryParam("max") @DefaultValue("50") int max) {
    requireView();
    Parameters.allow(session, "first", "max");
    HistoryTable table = HistoryTable.of(session);
    int most = HistoryLimits.DEFAULT.entries();
    ObjectNode answer =
        JsonSerialization.createObjectNode()
            .put("realm", realm.getName())
            .put("total", table.count(realm.getId()))
            .put("mostEntries", most);
    ArrayNode entries = answer.putArray("entries");
    table
        .list(realm.getId(), Math.max(0, first), Math.min(Math.max(1, max), most))
        .forEach(entry -> entries.add(described(entry)));
    return JsonAnswer.ok(answer);
  }

  /** One entry with its undo document, if that is stored. */
  @GET
  @Path("{id}")
  public Response one(@PathParam("id") String id) {
    requireView();
    Parameters.allow(session);
    HistoryTable table = HistoryTable.of(session);
    ObjectNode answer = described(table.find(realm.getId(), id).orElseThrow(this::unknown));
    table.document(realm.getId(), id).ifPresent(text -> answer.set("undo", parsed(text)));
    return JsonAnswer.ok(answer);
  }

  /** Undoes an entry: all of its changes, or nothing. */
  @POST
  @Path("{id}/undo")
  public Response undo(@PathParam("id") String id) {
    auth.realm().requireManageRealm();
    auth.clients().requireManage();
    Parameters.allow(session);
    Journal journal = new Journal(auth.adminAuth());
    ExclusiveChange exclusive =
        new ExclusiveChange(session, realm, event, auth.clients()::canManage);
    return exclusive.run(
        () -> JsonAnswer.ok(exclusive.inSession(writing -> undo(exclusive, writing, journal, id))));
  }

  private ObjectNode undo(
      ExclusiveChange exclusive, KeycloakSession writing, Journal journal, String id) {
    HistoryTable table = HistoryTable.of(writing);
    HistoryEntry entry = table.lock(realm.getId(), id).orElseThrow(this::unknown);
    if (entry.undone() != null) {
      throw new Conflict("it has been taken back already", List.of());
    }
    String document =
        table
            .document(realm.getId(), id)
            .orElseThrow(
                () ->
                    new Conflict(
                        "its undo document is not kept any more; use one that was downloaded",
                        List.of()));
    List<Change> undone =
        exclusive.changes(writing).takeBack(ready(writing, changes(parsed(document))));
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.set("changes", JsonSerialization.mapper.valueToTree(undone));
    return answer.put("historyId", journal.undone(writing, entry, undone));
  }

  /** The undo of a change of mode keeps later changes of other clients' modes. */
  private static List<Change> ready(KeycloakSession writing, List<Change> changes) {
    return changes.size() == 1 && changes.get(0).where().pointer().equals(RealmFields.ROLLOUT)
        ? List.of(ModeMerge.onto(changes.get(0), Journal.modeOf(writing.getContext().getRealm())))
        : changes;
  }

  /**
   * The changes of a stored document: unlike one from outside, it may also restore what an undo has
   * removed.
   */
  static List<Change> changes(JsonNode document) {
    List<Change> changes = new ArrayList<>();
    for (JsonNode change : document.path("changes")) {
      changes.add(JsonSerialization.mapper.convertValue(change, Change.class));
    }
    return changes;
  }

  private static JsonNode parsed(String document) {
    try {
      return JsonSerialization.mapper.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The history cannot be read", e);
    }
  }

  /** The entry to which a document from outside belongs, so that it is marked as undone. */
  static HistoryEntry entryOf(KeycloakSession writing, JsonNode document, List<Change> changes) {
    HistoryTable table = HistoryTable.of(writing);
    String realmId = writing.getContext().getRealm().getId();
    String id = document.path("historyId").asText(null);
    return table
        .lock(realmId, id)
        .filter(HistoryEntry::canBeUndone)
        .filter(
            entry ->
                table
                    .document(realmId, id)
                    .map(kept -> changes(parsed(kept)).equals(changes))
                    .orElse(false))
        .orElse(null);
  }

  private static ObjectNode described(HistoryEntry entry) {
    ObjectNode json =
        JsonSerialization.createObjectNode()
            .put("id", entry.id())
            .put("time", entry.time())
            .put("kind", entry.kind());
    json.set("who", described(entry.who()));
    json.setAll(Journal.factsOf(entry));
    json.put("document", Journal.name(entry.document()));
    json.put("undoable", entry.canBeUndone());
    if (entry.undone() != null) {
      json.putObject("undone")
          .put("time", entry.undone().time())
          .put("username", entry.undone().userName())
          .put("historyId", entry.undone().entryId());
    }
    return json;
  }

  private static ObjectNode described(Who who) {
    return JsonSerialization.createObjectNode()
        .put("userId", who.userId())
        .put("username", who.userName())
        .put("client", who.clientId())
        .put("realm", who.realm());
  }

  private void requireView() {
    auth.realm().requireViewRealm();
    auth.clients().requireView();
  }

  private RuntimeException unknown() {
    return ErrorResponse.error("the history has no such entry", Status.NOT_FOUND);
  }
}
