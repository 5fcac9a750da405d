package io.github.fapipack.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.history.HistoryEntry;
import io.github.fapipack.history.HistoryEntry.Undone;
import io.github.fapipack.history.HistoryEntry.Who;
import io.github.fapipack.history.HistoryTable;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.JsonName;
import io.github.fapipack.rule.Mode;
import java.util.Collection;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.util.JsonSerialization;

/** Writes the changes of one administrator into the realm's history, in the same transaction. */
public final class Journal {

  static final String APPLY = "apply";
  static final String UNDO = "undo";

  private static final String REALM_MODE = "realm-mode";
  private static final String CLIENT_MODE = "client-mode";
  private static final String CLIENTS_MODE = "clients-mode";

  /** How many clients of a change of mode are listed by name. */
  private static final int NAMED = 20;

  private record Noted(HistoryEntry entry, ObjectNode document) {}

  private final Who who;

  public Journal(AdminAuth auth) {
    UserModel user = auth.getUser();
    ClientModel client = auth.getClient();
    this.who =
        new Who(
            user == null ? null : user.getId(),
            user == null ? null : user.getUsername(),
            client == null ? null : client.getClientId(),
            auth.getRealm().getName());
  }

  /**
   * Records that a profile was applied.
   *
   * @param made the changes with the ids of what was created
   * @return members for the response: {@code historyId}, {@code historyDocument}, and the {@code
   *     undo} document, which the caller keeps if the history does not
   */
  public ObjectNode applied(
      KeycloakSession writing, String profile, boolean reports, List<Change> made) {
    ObjectNode facts = JsonSerialization.createObjectNode().put("profile", profile);
    facts.put("mode", name(reports ? Mode.REPORT : Mode.ENFORCE));
    Noted noted = add(writing, APPLY, facts, made);
    ObjectNode said = JsonSerialization.createObjectNode().put("historyId", noted.entry().id());
    said.put("historyDocument", name(noted.entry().document()));
    said.set("undo", noted.document());
    return said;
  }

  /**
   * Records an undo.
   *
   * @param of the entry that was undone; null if unknown
   * @param made the changes of the undo
   * @return the id of the new entry; null if nothing was changed and no entry is known
   */
  public String undone(KeycloakSession writing, HistoryEntry of, List<Change> made) {
    ObjectNode facts = JsonSerialization.createObjectNode();
    if (of != null) {
      facts.putObject("of").put("id", of.id()).put("kind", of.kind()).put("time", of.time());
      facts.setAll(factsOf(of).retain("profile", "mode", "clients", "clientCount"));
    }
    String id = made.isEmpty() && of == null ? null : add(writing, UNDO, facts, made).entry().id();
    if (of != null) {
      String realmId = writing.getContext().getRealm().getId();
      HistoryTable.of(writing)
          .markUndone(realmId, of.id(), new Undone(Time.currentTimeMillis(), who.userName(), id));
    }
    return id;
  }

  /**
   * Records a change of mode that is already saved with the realm; does nothing if the mode is the
   * same.
   *
   * @param before the result of {@link #modeOf} before the change
   * @param wanted the mode that was set
   * @param clientIds the clients for which it was set; null for the whole realm
   * @return the id of the entry; null if there is none
   */
  public String mode(
      KeycloakSession writing, JsonNode before, Mode wanted, Collection<String> clientIds) {
    Change change =
        new Change(
            Where.realm(RealmFields.ROLLOUT), before, modeOf(writing.getContext().getRealm()));
    if (change.before().equals(change.after())) {
      return null;
    }
    ObjectNode facts = JsonSerialization.createObjectNode().put("mode", name(wanted));
    String kind = REALM_MODE;
    if (clientIds != null) {
      kind = clientIds.size() == 1 ? CLIENT_MODE : CLIENTS_MODE;
      clientIds.stream().limit(NAMED).forEach(facts.putArray("clients")::add);
      facts.put("clientCount", clientIds.size());
    }
    return add(writing, kind, facts, List.of(change)).entry().id();
  }

  /** The realm's mode with its exceptions, as it is stored. */
  public static JsonNode modeOf(RealmModel realm) {
    return RealmFields.read(realm, RealmFields.ROLLOUT);
  }

  /** The facts of an entry. */
  public static ObjectNode factsOf(HistoryEntry entry) {
    try {
      return (ObjectNode) JsonSerialization.mapper.readTree(entry.facts());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The history cannot be read", e);
    }
  }

  private Noted add(KeycloakSession writing, String kind, ObjectNode facts, List<Change> made) {
    RealmModel realm = writing.getContext().getRealm();
    String id = HistoryTable.newId();
    facts.set("counts", Counts.of(made));
    ObjectNode document = UndoDocument.json(realm, facts.path("profile").asText(null), made);
    document.put("historyId", id);
    HistoryEntry entry =
        HistoryTable.of(writing)
            .add(
                new HistoryEntry(
                    id,
                    realm.getId(),
                    Time.currentTimeMillis(),
                    kind,
                    who,
                    facts.toString(),
                    HistoryEntry.Document.KEPT,
                    null),
                document.toString());
    return new Noted(entry, document);
  }

  /** The state of the document, by its name in the API. */
  public static String name(HistoryEntry.Document document) {
    return JsonName.of(document);
  }

  private static String name(Mode mode) {
    return JsonName.of(mode);
  }
}
