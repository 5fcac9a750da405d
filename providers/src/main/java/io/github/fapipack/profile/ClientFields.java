package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The fields of a client that rules and repairs may change, each with its JSON Pointer: how it is
 * read from a representation, and how it is written to a stored client without touching anything
 * else. Only the fields listed here can be repaired. Secrets are not among them.
 */
public final class ClientFields {

  private static final String ATTRIBUTES = "/attributes/";

  private record Field(
      Function<ClientRepresentation, Object> read,
      Function<ClientModel, Object> stored,
      BiConsumer<ClientModel, JsonNode> write) {}

  private static final Map<String, Field> FIELDS = new LinkedHashMap<>();

  static {
    bool(
        "enabled",
        ClientRepresentation::isEnabled,
        ClientModel::isEnabled,
        ClientModel::setEnabled);
    bool(
        "publicClient",
        ClientRepresentation::isPublicClient,
        ClientModel::isPublicClient,
        ClientModel::setPublicClient);
    bool(
        "bearerOnly",
        ClientRepresentation::isBearerOnly,
        ClientModel::isBearerOnly,
        ClientModel::setBearerOnly);
    bool(
        "standardFlowEnabled",
        ClientRepresentation::isStandardFlowEnabled,
        ClientModel::isStandardFlowEnabled,
        ClientModel::setStandardFlowEnabled);
    bool(
        "implicitFlowEnabled",
        ClientRepresentation::isImplicitFlowEnabled,
        ClientModel::isImplicitFlowEnabled,
        ClientModel::setImplicitFlowEnabled);
    bool(
        "directAccessGrantsEnabled",
        ClientRepresentation::isDirectAccessGrantsEnabled,
        ClientModel::isDirectAccessGrantsEnabled,
        ClientModel::setDirectAccessGrantsEnabled);
    bool(
        "serviceAccountsEnabled",
        ClientRepresentation::isServiceAccountsEnabled,
        ClientModel::isServiceAccountsEnabled,
        ClientModel::setServiceAccountsEnabled);
    bool(
        "consentRequired",
        ClientRepresentation::isConsentRequired,
        ClientModel::isConsentRequired,
        ClientModel::setConsentRequired);
    bool(
        "fullScopeAllowed",
        ClientRepresentation::isFullScopeAllowed,
        ClientModel::isFullScopeAllowed,
        ClientModel::setFullScopeAllowed);
    bool(
        "frontchannelLogout",
        ClientRepresentation::isFrontchannelLogout,
        ClientModel::isFrontchannelLogout,
        ClientModel::setFrontchannelLogout);
    FIELDS.put(
        "/clientAuthenticatorType",
        new Field(
            ClientRepresentation::getClientAuthenticatorType,
            ClientModel::getClientAuthenticatorType,
            (client, value) -> client.setClientAuthenticatorType(value.textValue())));
  }

  private ClientFields() {}

  private static void bool(
      String name,
      Function<ClientRepresentation, Boolean> read,
      Function<ClientModel, Boolean> stored,
      BiConsumer<ClientModel, Boolean> write) {
    FIELDS.put(
        "/" + name,
        new Field(
            client -> Boolean.TRUE.equals(read.apply(client)),
            stored::apply,
            (client, value) -> write.accept(client, value.asBoolean())));
  }

  /** All values of a client, by pointer, without absent and empty ones. */
  public static Map<String, Object> read(ClientRepresentation client) {
    Map<String, Object> values = new HashMap<>();
    FIELDS.forEach((pointer, field) -> put(values, pointer, field.read().apply(client)));
    if (client.getAttributes() != null) {
      client
          .getAttributes()
          .forEach((name, value) -> put(values, ATTRIBUTES + escaped(name), value));
    }
    return values;
  }

  /** One value of a stored client; null if it is absent or empty. */
  public static Object read(ClientModel client, String pointer) {
    Map<String, Object> value = new HashMap<>();
    put(
        value,
        pointer,
        pointer.startsWith(ATTRIBUTES)
            ? client.getAttribute(attribute(pointer))
            : FIELDS.get(pointer).stored().apply(client));
    return value.get(pointer);
  }

  private static String attribute(String pointer) {
    return pointer.substring(ATTRIBUTES.length()).replace("~1", "/").replace("~0", "~");
  }

  /** Keycloak stores no blank attributes, so they are treated as absent. */
  private static void put(Map<String, Object> values, String pointer, Object value) {
    if (value != null && !(value instanceof String text && text.isBlank())) {
      values.put(pointer, value);
    }
  }

  private static String escaped(String attribute) {
    return Where.step(attribute).substring(1);
  }

  /** The differences between two states of a client. */
  public static List<Change> differences(
      Where client, Map<String, Object> before, Map<String, Object> after) {
    if (before.equals(after)) {
      return List.of();
    }
    TreeSet<String> pointers = new TreeSet<>(before.keySet());
    pointers.addAll(after.keySet());
    return pointers.stream()
        .filter(pointer -> !Objects.equals(before.get(pointer), after.get(pointer)))
        .map(
            pointer ->
                new Change(client.at(pointer), json(before.get(pointer)), json(after.get(pointer))))
        .toList();
  }

  public static JsonNode json(Object value) {
    return value == null ? null : JsonSerialization.mapper.valueToTree(value);
  }

  /** Whether a pointer is one of a field that may be written. */
  public static boolean knows(String pointer) {
    return FIELDS.containsKey(pointer)
        || (pointer.startsWith(ATTRIBUTES) && pointer.length() > ATTRIBUTES.length());
  }

  /** Writes one value to a stored client. */
  public static void write(ClientModel client, String pointer, JsonNode value) {
    if (!pointer.startsWith(ATTRIBUTES)) {
      FIELDS.get(pointer).write().accept(client, value);
      return;
    }
    String name = attribute(pointer);
    if (value.isNull()) {
      client.removeAttribute(name);
    } else {
      client.setAttribute(name, value.asText());
    }
  }
}
