package io.github.fapipack.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.change.Journal;
import io.github.fapipack.change.UndoDocument;
import io.github.fapipack.history.HistoryEntry;
import io.github.fapipack.profile.Change;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;
import org.keycloak.util.JsonSerialization;

/** {@code /admin/realms/{realm}/fapi/undo}: takes back what applying a profile has changed. */
public final class UndoResource {

  private final AdminRequest admin;

  UndoResource(AdminRequest admin) {
    this.admin = admin;
  }

  /** Undoes an apply; the body is the member {@code undo} of its response. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response undo(String body) {
    admin.requireManage();
    JsonNode sent;
    UndoDocument document;
    try {
      sent = JsonSerialization.mapper.readTree(body);
      document = UndoDocument.read(sent, admin.realm());
    } catch (JsonProcessingException e) {
      throw ErrorResponse.error("the body is not JSON", Status.BAD_REQUEST);
    } catch (IllegalArgumentException e) {
      throw ErrorResponse.error(e.getMessage(), Status.BAD_REQUEST);
    }
    Journal journal = new Journal(admin.auth().adminAuth());
    return admin.change(
        exclusive ->
            JsonAnswer.ok(
                exclusive.inSession(
                    writing -> takeBack(exclusive, writing, journal, sent, document.changes()))));
  }

  private static ObjectNode takeBack(
      ExclusiveChange exclusive,
      KeycloakSession writing,
      Journal journal,
      JsonNode sent,
      List<Change> changes) {
    HistoryEntry entry = HistoryResource.entryOf(writing, sent, changes);
    List<Change> undone = exclusive.changes(writing).takeBack(changes);
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.set("changes", JsonSerialization.mapper.valueToTree(undone));
    return answer.put("historyId", journal.undone(writing, entry, undone));
  }
}
