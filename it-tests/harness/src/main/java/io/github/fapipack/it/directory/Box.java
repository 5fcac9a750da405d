package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.server.RealmCopy;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;

/** The directory in a box: a realm of a test server, seen by its operator. */
final class Box implements AutoCloseable {
  private static final String KEYS = "org.keycloak.keys.KeyProvider";

  private final KeycloakServer server;
  private final String realm = "directory-" + UUID.randomUUID().toString().substring(0, 8);

  private Box(KeycloakServer server) {
    this.server = server;
  }

  /** A new realm with a scheme's template, which others see through the front. */
  static Box create(KeycloakServer server, String template, Front front) {
    Box box = new Box(server);
    ObjectNode settings =
        RealmCopy.of(
            Json.read(
                Harness.fromSystemProperties().root().resolve("realm-exports/fapi-directory.json")),
            box.realm);

    settings
        .withObject("/attributes")
        .put("frontendUrl", front.documents().toString())
        .put("fapi.scheme", template)
        .put("fapi.scheme.revocation-base", front.states().toString());
    // The harness imports keys of its own instead, so that it can forge.
    Iterator<JsonNode> keys = settings.withObject("/components").withArray("/" + KEYS).iterator();
    while (keys.hasNext()) {
      JsonNode key = keys.next();
      if (key.at("/config/algorithm/0").asText().equals("PS256")
          || key.path("providerId").asText().startsWith("fapi-issuing-key")) {
        keys.remove();
      }
    }
    server.admin().importRealm(settings);
    return box;
  }

  KeycloakServer server() {
    return server;
  }

  /** The path of the realm at the server and at the front. */
  String path() {
    return "/realms/" + realm;
  }

  /** Reads what the operator's API has at a path. */
  JsonNode get(String path) {
    return server.admin().get(operator(path));
  }

  /** Changes something through the operator's API; fails if that refuses. */
  JsonNode send(String method, String path, JsonNode body) {
    return expect(server.admin().send(method, operator(path), body));
  }

  private String operator(String path) {
    return "/" + realm + "/fapi/scheme" + path;
  }

  /** Adds a key provider, and returns its id. */
  String addKeys(String provider, Map<String, String> config) {
    ObjectNode component =
        Json.object()
            .put("name", provider + " of the harness")
            .put("providerId", provider)
            .put("providerType", KEYS);
    ObjectNode settings = component.putObject("config");
    config.forEach((name, value) -> settings.putArray(name).add(value));
    AdminResponse added = server.admin().send("POST", "/" + realm + "/components", component);
    expect(added);
    return added.location().substring(added.location().lastIndexOf('/') + 1);
  }

  /** The kid of the key of a provider. */
  String kid(String providerId) {
    for (JsonNode key : server.admin().get("/" + realm + "/keys").path("keys")) {
      if (key.path("providerId").asText().equals(providerId)) {
        return key.path("kid").asText();
      }
    }
    throw new AdminFailure("The realm has no key of the provider " + providerId);
  }

  void removeKeys(String providerId) {
    expect(server.admin().send("DELETE", "/" + realm + "/components/" + providerId, null));
  }

  /** Deletes the Keycloak organization, as in the admin console. */
  void removeOrganisation(String id) {
    expect(server.admin().send("DELETE", "/" + realm + "/organizations/" + id, null));
  }

  private static JsonNode expect(AdminResponse answer) {
    if (answer.status() >= 300) {
      throw new AdminFailure(answer.status() + " " + answer.body());
    }
    return answer.json();
  }

  @Override
  public void close() {
    server.admin().deleteRealm(realm);
  }
}
