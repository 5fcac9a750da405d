package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The state of a client before it is registered or updated, as Keycloak's registration endpoints
 * show it. Absent values, false, 0 and empty values are equal, because Keycloak does not
 * distinguish them.
 */
final class Baseline {

  private final ObjectNode members;
  private final Map<String, String> attributes;
  private final boolean fresh;

  private Baseline(ClientRepresentation before, boolean fresh) {
    this.members = json(before);
    this.attributes = before.getAttributes() == null ? Map.of() : before.getAttributes();
    this.fresh = fresh;
  }

  /**
   * The stored client, or an empty one.
   *
   * @param stored null for a client that is being registered
   */
  static Baseline of(KeycloakSession session, ClientModel stored) {
    return stored == null
        ? new Baseline(unsaid(), true)
        : new Baseline(read(session, stored), false);
  }

  private static ClientRepresentation read(KeycloakSession session, ClientModel stored) {
    ClientRepresentation before = ModelToRepresentation.toRepresentation(stored, session);
    before.setSecret(stored.getSecret());
    before.setDefaultRoles(
        stored
            .getRealm()
            .getDefaultRole()
            .getCompositesStream()
            .filter(
                role ->
                    role.isClientRole() && Objects.equals(role.getContainerId(), stored.getId()))
            .map(RoleModel::getName)
            .toArray(String[]::new));
    return before;
  }

  private static ClientRepresentation unsaid() {
    ClientRepresentation nothing = new ClientRepresentation();
    nothing.setEnabled(true);
    nothing.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
    nothing.setConsentRequired(true);
    nothing.setNodeReRegistrationTimeout(-1);
    return nothing;
  }

  /** Whether the client is being registered. */
  boolean isNew() {
    return fresh;
  }

  /** Whether a member has that value already, regardless of the order of its elements. */
  boolean has(String member, JsonNode value) {
    return Objects.equals(plain(members.path(member)), plain(value));
  }

  /** Whether an attribute has that value already. */
  boolean hasAttribute(String name, String value) {
    return Objects.equals(plain(attributes.get(name)), plain(value));
  }

  /** A representation as JSON, without absent values. */
  static ObjectNode json(ClientRepresentation client) {
    return JsonSerialization.mapper.valueToTree(client);
  }

  private static String plain(String text) {
    return text == null || text.isBlank() || text.equals("false") ? null : text;
  }

  private static Object plain(JsonNode value) {
    if (value.isObject()) {
      Map<String, Object> members = new TreeMap<>();
      value
          .properties()
          .forEach(
              member -> {
                Object plain = plain(member.getValue());
                if (plain != null) {
                  members.put(member.getKey(), plain);
                }
              });
      return members.isEmpty() ? null : members;
    }
    if (value.isArray()) {
      List<String> elements = new ArrayList<>();
      // As JSON with all values: in the settings of a mapper, false is not the same as absent.
      value.forEach(element -> elements.add(sorted(element).toString()));
      return elements.isEmpty() ? null : elements.stream().sorted().toList();
    }
    if (value.isNumber()) {
      return value.asLong() == 0 ? null : value.asText();
    }
    return plain(value.asText());
  }

  /** The same value with the members of its objects sorted. */
  private static JsonNode sorted(JsonNode value) {
    if (value.isArray()) {
      ArrayNode elements = JsonSerialization.mapper.createArrayNode();
      value.forEach(element -> elements.add(sorted(element)));
      return elements;
    }
    if (!value.isObject()) {
      return value;
    }
    Map<String, JsonNode> members = new TreeMap<>();
    value.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
    return JsonSerialization.mapper.createObjectNode().setAll(members);
  }
}
