package io.github.fapipack.claims;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.UUID;

/** Protocol mappers that write into every possible document, added without the policy. */
public final class PlantedMappers {
  /**
   * The claims that rules and Keycloak determine in tokens, ID tokens, userinfo and introspection.
   */
  public static final List<String> OF_TOKENS =
      List.of(
          "sub",
          "azp",
          "client_id",
          "aud",
          "cnf",
          "iss",
          "exp",
          "iat",
          "nbf",
          "jti",
          "typ",
          "nonce",
          "auth_time",
          "sid",
          "session_state",
          "at_hash",
          "c_hash",
          "s_hash",
          "acr",
          "amr",
          "scope",
          "authorization",
          "authorization_details",
          "grant_id",
          "grant_generation",
          "realm_access",
          "resource_access",
          "allowed-origins");

  public static final List<String> OF_RESPONSES =
      List.of(
          "access_token",
          "token_type",
          "expires_in",
          "refresh_token",
          "refresh_expires_in",
          "id_token",
          "scope",
          "session_state",
          "not-before-policy",
          "authorization_details",
          "grant_id",
          "error",
          "error_description",
          "issued_token_type");

  /** A value that only a mapper can have written: Alice's own e-mail address. */
  public static final String FORGED = TestRealm.USERNAME + "@example.org";

  private static final List<String> PLACES =
      List.of("access.token", "id.token", "userinfo.token", "introspection.token");

  private final ArrayNode mappers = Json.object().putArray("mappers");
  private int number;

  public static PlantedMappers none() {
    return new PlantedMappers();
  }

  /** All protected claims, forged as text and as JSON. */
  public static PlantedMappers everything() {
    PlantedMappers mappers = none();
    OF_TOKENS.forEach(
        claim ->
            mappers
                .hardcoded(claim)
                .attribute(claim, true)
                .hardcoded(claim, "[{\"type\":\"" + FORGED + "\"}]", "JSON"));
    OF_RESPONSES.forEach(member -> mappers.inResponse(member, FORGED, "String"));
    return mappers;
  }

  /** A claim of one fixed value, of the type {@code String}, {@code JSON}, {@code long}. */
  public PlantedMappers hardcoded(String claim, String value, String type) {
    add("oidc-hardcoded-claim-mapper", claim).put("claim.value", value).put("jsonType.label", type);
    return this;
  }

  public PlantedMappers hardcoded(String claim) {
    return hardcoded(claim, FORGED, "String");
  }

  /** A member of the token response alone. */
  public PlantedMappers inResponse(String member, String value, String type) {
    ObjectNode config = add("oidc-hardcoded-claim-mapper", member);
    config.put("claim.value", value).put("jsonType.label", type);
    PLACES.forEach(place -> config.put(place + ".claim", "false"));
    config.put("lightweight.claim", "false");
    return this;
  }

  /** A claim from a user attribute that the user may edit. */
  public PlantedMappers attribute(String claim, boolean many) {
    add("oidc-usermodel-attribute-mapper", claim)
        .put("user.attribute", "email")
        .put("multivalued", String.valueOf(many))
        .put("jsonType.label", "String");
    return this;
  }

  public PlantedMappers property(String claim) {
    add("oidc-usermodel-property-mapper", claim)
        .put("user.attribute", "email")
        .put("jsonType.label", "String");
    return this;
  }

  public PlantedMappers note(String note, String claim) {
    add("oidc-usersessionmodel-note-mapper", claim)
        .put("user.session.note", note)
        .put("jsonType.label", "String");
    return this;
  }

  public PlantedMappers groups(String claim) {
    add("oidc-group-membership-mapper", claim).put("full.path", "true");
    return this;
  }

  public PlantedMappers realmRoles(String claim, boolean many) {
    add("oidc-usermodel-realm-role-mapper", claim)
        .put("multivalued", String.valueOf(many))
        .put("jsonType.label", "String");
    return this;
  }

  public PlantedMappers audience(String audience) {
    add("oidc-audience-mapper", "unused").put("included.custom.audience", audience);
    return this;
  }

  /** The names of the mappers, in the order in which they were described. */
  public List<String> names() {
    return mappers.findValuesAsText("name");
  }

  /** Any kind of mapper; its name tells its type and claim. */
  public ObjectNode add(String type, String claim) {
    ObjectNode mapper = mappers.addObject();
    mapper
        .put("name", "planted " + number++ + " " + claim)
        .put("protocol", "openid-connect")
        .put("protocolMapper", type);
    ObjectNode config = mapper.putObject("config").put("claim.name", claim);
    PLACES.forEach(place -> config.put(place + ".claim", "true"));
    return config.put("lightweight.claim", "true").put("access.tokenResponse.claim", "true");
  }

  /** Adds them to a client, as an administrator with {@code manage-clients} can. */
  public void plant(TestRealm realm, FapiClient client) {
    String id = realm.admin().client(realm.name(), client.clientId()).path("id").asText();
    send(realm, "/clients/" + id);
  }

  /** Adds them to a new client scope, which the client then has by default. */
  public void plantInScope(TestRealm realm, FapiClient client) {
    String name = "scope-" + UUID.randomUUID().toString().substring(0, 8);
    String location =
        realm
            .admin()
            .send(
                "POST",
                "/" + realm.name() + "/client-scopes",
                Json.object().put("name", name).put("protocol", "openid-connect"))
            .location();
    String scope = location.substring(location.lastIndexOf('/') + 1);
    send(realm, "/client-scopes/" + scope);
    JsonNode registered = realm.admin().client(realm.name(), client.clientId());
    realm
        .admin()
        .send(
            "PUT",
            "/"
                + realm.name()
                + "/clients/"
                + registered.path("id").asText()
                + "/default-client-scopes/"
                + scope,
            null);
  }

  private void send(TestRealm realm, String container) {
    int status =
        realm
            .admin()
            .send("POST", "/" + realm.name() + container + "/protocol-mappers/add-models", mappers)
            .status();
    if (status != 204) {
      throw new AssertionError("no mappers planted: " + status);
    }
  }
}
