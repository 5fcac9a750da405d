package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.component.ComponentModel;
import org.keycloak.crypto.Algorithm;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.RepresentationToModel;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The key providers in a profile's file: an imported realm gets all of them. That of a certificate
 * authority is not among them: which one a realm has is for its operator alone to decide.
 */
public final class KeyComponents {

  static final String TYPE = "org.keycloak.keys.KeyProvider";

  private static final String AUTHORITY = "fapi-issuing-key-generated";

  private static final Map<String, String> BY_CURVE =
      Map.of("P-256", Algorithm.ES256, "P-384", Algorithm.ES384, "P-521", Algorithm.ES512);

  private KeyComponents() {}

  /** Name, kind and configuration of each; they have no sub-components. */
  public static List<JsonNode> of(ProfileFile profile) {
    List<JsonNode> components = new ArrayList<>();
    for (JsonNode component : profile.json().path("components").path(TYPE)) {
      if (!component.path("providerId").asText().equals(AUTHORITY)) {
        components.add(((ObjectNode) component).deepCopy().without("subComponents"));
      }
    }
    return components;
  }

  /** The algorithm of the key that a provider creates. */
  public static String algorithm(JsonNode component) {
    JsonNode config = component.path("config");
    String named = config.path("algorithm").path(0).asText();
    if (!named.isEmpty()) {
      return named;
    }
    return switch (component.path("providerId").asText()) {
      case "ecdsa-generated" ->
          BY_CURVE.getOrDefault(
              config.path("ecdsaEllipticCurveKey").path(0).asText(), Algorithm.ES256);
      case "eddsa-generated" -> Algorithm.EdDSA;
      case "aes-generated" -> Algorithm.AES;
      case "hmac-generated" -> Algorithm.HS512;
      default -> Algorithm.RS256;
    };
  }

  /** Adds a provider, which creates its key, and returns its id. */
  public static String add(KeycloakSession session, RealmModel realm, JsonNode component) {
    ComponentRepresentation added =
        JsonSerialization.mapper.convertValue(component, ComponentRepresentation.class);
    added.setProviderType(TYPE);
    added.setParentId(realm.getId());
    return realm.addComponentModel(RepresentationToModel.toModel(session, added)).getId();
  }

  /** Removes what {@link #add} has added. */
  public static void remove(RealmModel realm, Where where) {
    realm.removeComponent(realm.getComponent(where.id()));
  }

  /**
   * A provider with the fields that the given JSON has, without the keys that it created; null if
   * it does not exist.
   */
  public static JsonNode find(RealmModel realm, Where where, JsonNode described) {
    ComponentModel found = where.id() == null ? null : realm.getComponent(where.id());
    if (found == null || !TYPE.equals(found.getProviderType())) {
      return null;
    }
    ObjectNode json = described.deepCopy();
    json.put("name", found.getName()).put("providerId", found.getProviderId());
    described
        .path("config")
        .fieldNames()
        .forEachRemaining(
            name ->
                ((ObjectNode) json.path("config"))
                    .set(name, ClientFields.json(found.getConfig().getList(name))));
    return json;
  }
}
