package io.github.fapipack.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Run with {@code KEYCLOAK_CONFIG_CLI=/path/to/keycloak-config-cli.jar} in the environment: it is
 * not in a package registry, but can be built from its sources.
 */
@ExtendWith(ServerLogOnFailure.class)
class ConfigCliIT {
  private static final String JAR = System.getenv().getOrDefault("KEYCLOAK_CONFIG_CLI", "");

  private final KeycloakServer server = TestServer.get();

  @ParameterizedTest
  @ValueSource(
      strings = {"fapi2-security-profile", "fapi2-message-signing", "fapi-ciba", "fapi1-advanced"})
  void aSecondRunChangesNothingAndTheFirstLeavesWhatAnImportLeaves(
      String profile, @TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(!JAR.isEmpty(), "keycloak-config-cli is not there");
    String name = "cli-" + UUID.randomUUID().toString().substring(0, 8);
    ObjectNode file = (ObjectNode) Json.parse(renamed(profile, name));
    Path path = folder.resolve("realm.json");
    Files.writeString(path, Json.text(file));
    try (TestRealm imported = TestRealm.create(TestRealm.export(profile))) {
      run(path);
      JsonNode first = RealmState.of(server.admin(), name);

      run(path);

      assertThat(RealmState.differences(RealmState.of(server.admin(), name), first)).isEmpty();
      assertThat(RealmState.differences(first, RealmState.of(server.admin(), imported.name())))
          .noneMatch(place -> place.matches("/clients/[^:]*(nabled|Uris|publicClient):.*"));
    } finally {
      server.admin().deleteRealm(name);
    }
  }

  private static String renamed(String profile, String name) {
    String old = TestRealm.export(profile).path("realm").asText();
    return TestRealm.export(profile)
        .toString()
        .replace("/realms/" + old + "/", "/realms/" + name + "/")
        .replace("/admin/" + old + "/", "/admin/" + name + "/")
        .replace("\"realm\":\"" + old + "\"", "\"realm\":\"" + name + "\"");
  }

  private void run(Path file) throws IOException, InterruptedException {
    String user = "cli-" + UUID.randomUUID().toString().substring(0, 8);
    String password = UUID.randomUUID().toString();
    administrator(user, password);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("server.java.home"), "bin", "java").toString(),
                "-jar",
                JAR,
                "--keycloak.url=" + server.baseUrl(),
                "--keycloak.ssl-verify=false",
                "--keycloak.user=" + user,
                "--keycloak.password=" + password,
                "--import.cache.enabled=false",
                "--import.files.locations=" + file)
            .redirectErrorStream(true)
            .redirectOutput(file.resolveSibling("log").toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended ? process.exitValue() : -1)
        .as(Files.readString(file.resolveSibling("log")))
        .isZero();
  }

  private void administrator(String name, String password) {
    AdminClient admin = server.admin();
    ObjectNode user =
        Json.object()
            .put("username", name)
            .put("enabled", true)
            .put("email", name + "@example.org")
            .put("firstName", "Config")
            .put("lastName", "Tool");
    user.putArray("credentials").addObject().put("type", "password").put("value", password);
    String id = admin.createUser("master", user);
    ArrayNode roles = Json.object().putArray("roles");
    roles.add(admin.get("/master/roles/admin"));
    admin.send("POST", "/master/users/" + id + "/role-mappings/realm", roles);
  }
}
