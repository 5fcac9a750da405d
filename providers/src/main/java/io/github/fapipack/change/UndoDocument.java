package io.github.fapipack.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ClientFields;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * The document for undoing an apply: the changes that were made, with their values before and
 * after. It contains no keys and no secrets. It comes back from outside, so it is fully validated.
 */
public record UndoDocument(List<Change> changes) {

  private static final int VERSION = 1;
  private static final Set<String> MAY_BE_NULL =
      Set.of(
          "/defaultSignatureAlgorithm",
          "/clientAuthenticatorType",
          RealmFields.ROLLOUT,
          RealmFields.GRANT_MANAGEMENT,
          RealmFields.ECOSYSTEM);

  /**
   * Addresses, which an apply never changes. Keycloak validates them in its own API, because they
   * could contain scripts.
   */
  private static final Pattern ADDRESS =
      Pattern.compile("(?s)[\\s\\p{Cntrl}]*[a-zA-Z][\\w+.\\-\\p{Cntrl}]*:.*");

  static ObjectNode json(RealmModel realm, String profile, List<Change> changes) {
    ObjectNode json = JsonSerialization.createObjectNode();
    json.put("version", VERSION).put("realmId", realm.getId()).put("profile", profile);
    json.set("changes", JsonSerialization.mapper.valueToTree(changes));
    return json;
  }

  /**
   * Parses a document.
   *
   * @throws IllegalArgumentException with a sentence, if it is not one of this realm
   */
  public static UndoDocument read(JsonNode json, RealmModel realm) {
    demand(json != null && json.isObject(), "the body must be the member 'undo' of an answer");
    demand(json.path("version").asInt() == VERSION, "'version' must be 1");
    demand(realm.getId().equals(json.path("realmId").asText()), "it belongs to another realm");
    demand(json.path("changes").isArray(), "'changes' must be a list");
    List<Change> changes = new ArrayList<>();
    for (JsonNode entry : json.path("changes")) {
      changes.add(change(entry));
    }
    return new UndoDocument(changes);
  }

  private static Change change(JsonNode entry) {
    Change change;
    try {
      change = JsonSerialization.mapper.convertValue(entry, Change.class);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a change does not have the form in which it was written", e);
    }
    demand(
        change != null && change.where() != null && change.where().kind() != null,
        "a change lacks its place");
    String pointer = change.where().pointer();
    demand(pointer != null, "a change lacks its pointer");
    boolean known =
        switch (change.where().kind()) {
          case realm -> RealmFields.knows(pointer) && isOfOneType(change);
          case client ->
              change.where().id() != null && ClientFields.knows(pointer) && isOfOneType(change);
          case key -> change.where().id() != null && isAddition(change);
          case profile, policy -> change.where().name() != null && isAddition(change);
          default -> false;
        };
    demand(known, "a change is not one that the pack makes: " + change.where().kind());
    return change;
  }

  private static boolean isAddition(Change change) {
    return change.before().isNull() && change.after().isObject();
  }

  /**
   * The value after is compared with the realm, so for the value before only the type is checked.
   */
  private static boolean isOfOneType(Change change) {
    String pointer = change.where().pointer();
    boolean text = pointer.startsWith("/attributes/") && change.where().kind() == Where.Kind.client;
    boolean maybeNull = text || MAY_BE_NULL.contains(pointer);
    return isOfType(change.before(), change.after(), maybeNull, text)
        && isOfType(change.after(), change.before(), maybeNull, text);
  }

  private static boolean isOfType(JsonNode value, JsonNode other, boolean maybeNull, boolean text) {
    if (value.isNull()) {
      return maybeNull;
    }
    if (text) {
      return value.isTextual() && !ADDRESS.matcher(value.asText()).matches();
    }
    boolean texts = true;
    for (JsonNode element : value) {
      texts &= element.isTextual();
    }
    return texts
        && !value.isObject()
        && (!value.isNumber() || (value.canConvertToLong() && value.isIntegralNumber()))
        && (other.isNull() || value.getNodeType() == other.getNodeType());
  }

  private static void demand(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException("this is not an undo document of this realm: " + sentence);
    }
  }
}
