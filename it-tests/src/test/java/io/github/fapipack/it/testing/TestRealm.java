package io.github.fapipack.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.server.RealmCopy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A copy of one of the repository's realms under a name of its own, deleted when closed. */
public final class TestRealm implements AutoCloseable {
  /** The name of the user that every test realm has. */
  public static final String USERNAME = "alice";

  /**
   * -Drealms=repaired runs every test in a realm that was weak and had a profile applied, rather
   * than in one that was imported.
   */
  private static final boolean REPAIRED = "repaired".equals(System.getProperty("realms"));

  private final KeycloakServer server;
  private final String name;
  private final String password = AdminClient.randomPassword();

  private TestRealm(KeycloakServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Imports realm-exports/{exportName}.json into the test server, and adds the user. */
  public static TestRealm create(String exportName) {
    if (REPAIRED && !export(exportName).path("attributes").has("fapi.scheme")) {
      // Without the bank's own policies: tests that edit a policy take the first one.
      TestRealm realm =
          create(LegacyBank.realm().without(List.of("clientProfiles", "clientPolicies")));
      realm.apply(exportName);
      return realm;
    }
    return create(export(exportName));
  }

  /** The realm of realm-exports/{exportName}.json. */
  public static JsonNode export(String exportName) {
    return Json.read(
        Harness.fromSystemProperties()
            .root()
            .resolve("realm-exports")
            .resolve(exportName + ".json"));
  }

  /** Imports a copy of the given realm into the test server, and adds the user. */
  public static TestRealm create(JsonNode export) {
    return create(TestServer.get(), export);
  }

  /** Imports a copy of the given realm into a server, and adds the user. */
  public static TestRealm create(KeycloakServer server, JsonNode export) {
    TestRealm realm = new TestRealm(server, "it-" + UUID.randomUUID().toString().substring(0, 8));
    server.admin().importRealm(RealmCopy.of(export, realm.name));
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

  /** Repairs the realm with one of the repository's profiles. */
  private void apply(String profile) {
    AdminResponse answer =
        server
            .admin()
            .send(
                "POST",
                "/" + name + "/fapi/apply?dryRun=false&disableUnrepairable=true&profile=" + profile,
                null);
    if (answer.status() != 200) {
      throw new AdminFailure("The profile cannot be applied: " + answer.body());
    }
  }

  /** Changes one attribute of the realm. */
  public void setAttribute(String attribute, String value) {
    setAttributes(Map.of(attribute, value));
  }

  /** Changes attributes of the realm; Keycloak would remove those that are not named. */
  public void setAttributes(Map<String, String> attributes) {
    ObjectNode all = admin().realm(name).withObject("/attributes");
    attributes.forEach(all::put);
    ObjectNode settings = Json.object();
    settings.set("attributes", all);
    admin().updateRealm(name, settings);
  }

  /** Changes settings of one rule, wherever the realm's profiles have it. */
  public void configure(String rule, Map<String, String> settings) {
    configure(rule, configuration -> settings.forEach(configuration::put));
  }

  /** Sets one setting of one rule that is a list, wherever the realm's profiles have it. */
  public void configure(String rule, String setting, List<String> values) {
    configure(rule, configuration -> values.forEach(configuration.putArray(setting)::add));
  }

  private void configure(String rule, Consumer<ObjectNode> change) {
    ObjectNode profiles = server.admin().clientProfiles(name);
    for (JsonNode executor :
        profiles.findValues("executors").stream().flatMap(TestRealm::each).toList()) {
      if (rule.equals(executor.path("executor").asText())) {
        change.accept(((ObjectNode) executor).withObject("/configuration"));
      }
    }
    server.admin().updateClientProfiles(name, profiles);
  }

  /** Runs something while no client policy is on, as before the pack was installed. */
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

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @Override
  public void close() {
    server.admin().deleteRealm(name);
  }
}
