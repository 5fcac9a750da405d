package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every realm of the repository can be imported in each of Keycloak's ways. */
@ExtendWith(ServerLogOnFailure.class)
class RealmImportIT {
  private static final Harness HARNESS = Harness.fromSystemProperties();

  @TempDir private static Path folder;
  private static JsonNode exported;

  private final KeycloakServer server = TestServer.get();

  @ParameterizedTest
  @MethodSource("exports")
  void comesInWhileTheServerStarts(Path export) {
    String realm = Json.read(export).path("realm").asText();

    assertKeepsPolicies(export, server.admin().clientPolicies(realm));
    assertKeepsProfiles(export, server.admin().clientProfiles(realm));
  }

  @ParameterizedTest
  @MethodSource("exports")
  void comesInThroughTheAdminConsole(Path export) {
    String name = export.getFileName().toString().replace(".json", "");

    try (TestRealm realm = TestRealm.create(name)) {
      assertKeepsPolicies(export, server.admin().clientPolicies(realm.name()));
      assertKeepsProfiles(export, server.admin().clientProfiles(realm.name()));
    }
  }

  @ParameterizedTest
  @MethodSource("exports")
  void comesInThroughTheImportCommand(Path export) {
    assumeThat(server).isInstanceOf(DistributionServer.class);
    String realm = Json.read(export).path("realm").asText();

    JsonNode kept =
        StreamSupport.stream(afterImport((DistributionServer) server).spliterator(), false)
            .filter(each -> realm.equals(each.path("realm").asText()))
            .findFirst()
            .orElseThrow();

    assertKeepsPolicies(export, kept.path("clientPolicies"));
    assertKeepsProfiles(export, kept.path("clientProfiles"));
  }

  /**
   * What the export command writes after the import command has read the realms, which are in one
   * file for it: each run of a command takes as long as a start of the server.
   */
  private static JsonNode afterImport(DistributionServer distribution) {
    if (exported == null) {
      ArrayNode realms = Json.object().arrayNode();
      exports().forEach(file -> realms.add(Json.read(file)));
      Path imported = folder.resolve("imported.json");
      Path written = folder.resolve("exported.json");
      OwnerOnly.write(imported, Json.text(realms));
      // A database of its own: the running server holds the other one.
      String database = "--db-url=jdbc:h2:file:" + folder.resolve("h2") + ";NON_KEYWORDS=VALUE";

      distribution.run("import", List.of("--optimized", database, "--file=" + imported));
      distribution.run("export", List.of("--optimized", database, "--file=" + written));
      exported = Json.read(written);
    }
    return exported;
  }

  @ParameterizedTest
  @MethodSource("exports")
  void holdsNeitherUsersNorClientsNorSecrets(Path export) {
    JsonNode realm = Json.read(export);

    assertThat(realm.has("users")).isFalse();
    assertThat(realm.has("clients")).isFalse();
    assertThat(realm.findValues("secret")).isEmpty();
    assertThat(realm.findValues("privateKey")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("exports")
  void signsWithTheKeysOfTheFileOnly(Path export) {
    String realm = Json.read(export).path("realm").asText();
    JsonNode keys = server.admin().get("/" + realm + "/keys").path("keys");

    List<String> algorithms =
        StreamSupport.stream(keys.spliterator(), false)
            .filter(key -> key.path("use").asText().equals("SIG"))
            .filter(key -> key.has("publicKey"))
            .map(key -> key.path("algorithm").asText())
            .toList();

    List<String> kinds = Json.read(export).findValuesAsText("providerId");
    List<String> expected =
        Stream.of("ecdsa ES256", "rsa PS256", "eddsa EdDSA")
            .map(pair -> pair.split(" "))
            .filter(pair -> kinds.contains(pair[0] + "-generated"))
            .map(pair -> pair[1])
            .toList();
    assertThat(expected).contains("PS256");
    assertThat(algorithms).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void thereAreRealmsToImport() {
    assertThat(exports()).isNotEmpty();
  }

  private static List<Path> exports() {
    return HARNESS.realmExports();
  }

  private static void assertKeepsPolicies(Path export, JsonNode kept) {
    assertThat(names(kept.path("policies")))
        .containsAll(names(Json.read(export).path("clientPolicies").path("policies")));
  }

  private static void assertKeepsProfiles(Path export, JsonNode kept) {
    JsonNode expected = Json.read(export).path("clientProfiles").path("profiles");
    assertThat(names(kept.path("profiles"))).containsAll(names(expected));
    assertThat(kept.findValuesAsText("executor"))
        .containsAll(expected.findValuesAsText("executor"));
  }

  private static List<String> names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(entry -> entry.path("name").asText())
        .toList();
  }
}
