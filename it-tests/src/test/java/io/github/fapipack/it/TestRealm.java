package io.github.fapipack.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** A copy of one of the repository's realms under a name of its own, deleted when closed. */
public final class TestRealm implements AutoCloseable {
  /** The name of the user that every test realm has. */
  public static final String USERNAME = "alice";

  private final KeycloakServer server;
  private final String name;
  private final String password = AdminClient.randomPassword();

  private TestRealm(KeycloakServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Imports realm-exports/{exportName}.json into the test server, and adds the user. */
  public static TestRealm create(String exportName) {
    KeycloakServer server = TestServer.get();
    TestRealm realm = new TestRealm(server, "it-" + UUID.randomUUID().toString().substring(0, 8));
    server.admin().importRealm(copy(exportName, realm.name));
    server.admin().createUser(realm.name, SampleUser.json(USERNAME, realm.password));
    return realm;
  }

  /** The realm's random name. */
  public String name() {
    return name;
  }

  /** The realm's issuer identifier. */
  public URI issuer() {
    return server.issuer(name);
  }

  /** The user's password. */
  public String password() {
    return password;
  }

  /** The server in which the realm is. */
  public KeycloakServer server() {
    return server;
  }

  /** The server's administrator. */
  public AdminClient admin() {
    return server.admin();
  }

  /** Changes settings of one rule of the realm's profile. */
  public void configure(String rule, Map<String, String> settings) {
    ObjectNode profiles = server.admin().clientProfiles(name);
    for (JsonNode executor : profiles.path("profiles").get(0).path("executors")) {
      if (rule.equals(executor.path("executor").asText())) {
        settings.forEach(((ObjectNode) executor).withObject("/configuration")::put);
      }
    }
    server.admin().updateClientProfiles(name, profiles);
  }

  /**
   * Does something while no client policy is on, as before the pack was there or behind its back.
   */
  public void withoutPolicies(Runnable action) {
    JsonNode policies = server.admin().clientPolicies(name);
    server
        .admin()
        .updateClientPolicies(name, Json.object().set("policies", Json.object().arrayNode()));
    try {
      action.run();
    } finally {
      server.admin().updateClientPolicies(name, policies);
    }
  }

  @Override
  public void close() {
    server.admin().deleteRealm(name);
  }

  /**
   * The export with another name in it: as the realm's own name and in paths, where Keycloak
   * repeats it, but not in words of which it is only a part.
   */
  static JsonNode copy(String exportName, String newName) {
    JsonNode export =
        Json.read(
            Harness.fromSystemProperties()
                .root()
                .resolve("realm-exports")
                .resolve(exportName + ".json"));
    String oldName = export.path("realm").asText();
    String text =
        export
            .toString()
            .replace("/realms/" + oldName + "/", "/realms/" + newName + "/")
            .replace("/admin/" + oldName + "/", "/admin/" + newName + "/")
            .replace("\"default-roles-" + oldName + "\"", "\"default-roles-" + newName + "\"");
    ObjectNode copy = (ObjectNode) Json.parse(text);
    // With the same id, two copies could not exist side by side.
    copy.remove("id");
    return copy.put("realm", newName);
  }
}
