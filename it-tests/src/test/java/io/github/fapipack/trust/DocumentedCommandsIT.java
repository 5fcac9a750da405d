package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.UnitedKingdom;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pem;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the pages for banks and for third parties, as they stand there. */
class DocumentedCommandsIT {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Harness HARNESS = Harness.fromSystemProperties();
  private static final Path SERVER =
      HARNESS.workFolder("test-server").resolve("keycloak").toAbsolutePath();

  /** What a bank's machine has, and the one of these tests may lack. */
  private static final String PREPARATION =
      """
      set -euo pipefail
      command -v uuidgen > /dev/null || uuidgen() { cat /proc/sys/kernel/random/uuid; }
      keytool -importcert -noprompt -file server-ca.pem -alias ca -keystore ca.p12 -storepass changeit
      export KC_OPTS="-Djavax.net.ssl.trustStore=$PWD/ca.p12 -Djavax.net.ssl.trustStorePassword=changeit"
      """;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm brazilian;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm british;

  @TempDir private Path folder;

  @BeforeEach
  void requireTools() throws IOException {
    assumeTrue(Files.exists(SERVER), "the server is in a container");
    for (String tool : List.of("bash", "curl", "jq", "openssl", "unzip", "keytool")) {
      assumeTrue(
          Stream.of(System.getenv("PATH").split(":"))
              .anyMatch(path -> Files.isExecutable(Path.of(path, tool))),
          tool + " is not installed");
    }
    for (String name : List.of("bin", "providers")) {
      Files.createSymbolicLink(folder.resolve(name), SERVER.resolve(name));
    }
    Files.writeString(file("server-ca.pem"), brazilian.server().pki().serverCa().certificatePem());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private JsonNode json(String name) throws IOException {
    return Json.parse(Files.readString(file(name)));
  }

  /** The command of a page that contains a text. */
  private static String command(String page, String text) throws IOException {
    String whole = Files.readString(HARNESS.root().resolve("providers").resolve(page));
    List<String> found =
        COMMANDS
            .matcher(whole)
            .results()
            .map((MatchResult block) -> block.group(1))
            .filter(block -> block.contains(text))
            .toList();
    assertThat(found).as(text).hasSize(1);
    return found.get(0);
  }

  private void run(Map<String, String> variables, List<String> scripts)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", PREPARATION + String.join("\n", scripts))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(file("log").toFile());
    builder.environment().putAll(variables);
    builder.environment().put("CURL_CA_BUNDLE", file("server-ca.pem").toString());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).as(Files.readString(file("log"))).isZero();
  }

  private Map<String, String> variables(TestRealm realm, Software software) {
    Map<String, String> variables = new HashMap<>();
    software.certificate().writePem(file("transport.pem"), file("transport.key"));
    variables.put("ISSUER", realm.issuer().toString());
    variables.put("TRANSPORT", file("transport.pem").toString());
    variables.put("TRANSPORT_KEY", file("transport.key").toString());
    variables.put("STATEMENT", software.statement().sign());
    variables.put("NEW_STATEMENT", software.statement().sign());
    variables.put("JWKS_URI", software.jwksUri().toString());
    variables.put("REDIRECT_URI", software.redirectUris().get(0));
    variables.put("NEW_REDIRECT_URI", software.redirectUris().get(1));
    return variables;
  }

  private static Software software(Directory directory) {
    Software software = directory.organisation("Fintech").software("App");
    String first = software.redirectUris().get(0);
    return software.redirectUris(first, first + "?second=1");
  }

  private void putAdministrator(Map<String, String> variables, TestRealm realm) {
    variables.put("KEYCLOAK", realm.server().baseUrl().toString());
    variables.put("REALM", realm.name());
    variables.put("PASSWORD", realm.admin().password());
    variables.put("KC_CLI_PASSWORD", realm.admin().password());
  }

  /** With the names of this server and of the directory. */
  private static String bank(TestRealm realm, Directory directory, String text) throws IOException {
    return command("ECOSYSTEMS.md", text)
        .replaceAll("https://keystore\\.sandbox\\.[^\"]*", directory.jwksUri().toString())
        .replace("username=admin", "username=" + realm.admin().username())
        .replace("--user admin", "--user " + realm.admin().username());
  }

  @Test
  void aBankAdmitsThirdPartiesThatRegisterWithJson() throws Exception {
    try (Directory directory = Directory.start(new Brazil(), brazilian.server())) {
      Software software = software(directory);
      Files.writeString(
          file("sandbox-ca.pem"), directory.certificates().authority().certificatePem());
      Map<String, String> variables = variables(brazilian, software);
      putAdministrator(variables, brazilian);
      variables.put("SOFTWARE", software.id());
      variables.put("ORGANISATION", software.organisation().id());
      variables.put("CLIENT_ID", TestClient.in(brazilian).register().clientId());
      String token = bank(brazilian, directory, "TOKEN=$(");
      List<String> scripts = new ArrayList<>();
      for (String text : List.of("unzip -p", "fapi.ecosystem.brazil-sandbox", "client-scopes")) {
        scripts.add(token + bank(brazilian, directory, text));
      }
      scripts.add(bank(brazilian, directory, "=brazil-sandbox"));
      scripts.add(bank(brazilian, directory, "fapi.organisation-id"));
      scripts.add(token + "{ " + bank(brazilian, directory, "max=1") + "} > look.json");
      scripts.add(command("REGISTERING.md", "METADATA="));
      scripts.add(command("REGISTERING.md", "request.json"));
      scripts.add(token + "{ " + bank(brazilian, directory, "ticket 4711") + "} > suspended.json");
      scripts.add(bank(brazilian, directory, "ticket 4711").replace("suspended", "active"));
      scripts.add(
          command("REGISTERING.md", "manage()")
              .replace("# replace", "> updated.json # replace")
              .replace("manage -X DELETE", "manage -X DELETE -w '%{http_code}' > deleted"));
      scripts.add("SOFTWARE=existing");
      scripts.add(token + "{ " + bank(brazilian, directory, "clientUuid") + "} > existing.json");

      run(variables, scripts);

      assertThat(json("look.json").at("/ecosystem/problem").isNull()).isTrue();
      assertThat(json("client.json").path("software_id").asText()).isEqualTo(software.id());
      assertThat(json("suspended.json").path("state").asText()).isEqualTo("suspended");
      assertThat(json("updated.json").at("/redirect_uris/0").asText())
          .isEqualTo(variables.get("NEW_REDIRECT_URI"));
      assertThat(Files.readString(file("deleted"))).startsWith("204");
      assertThat(json("existing.json").path("softwareId").asText()).isEqualTo("existing");
    }
  }

  @Test
  void aThirdPartySignsItsRequest() throws Exception {
    try (Directory directory = Directory.start(new UnitedKingdom(), british.server())) {
      SoftwareRegistration.in(british, directory);
      Software software = software(directory);
      Map<String, String> variables = variables(british, software);
      KeyPair keys = software.keys().forAlgorithm("PS256").toRSAKey().toKeyPair();
      OwnerOnly.write(file("signing.key"), Pem.text(keys.getPrivate()));
      variables.put("SIGNING_KEY", file("signing.key").toString());
      variables.put("SIGNING_KID", software.keys().forAlgorithm("PS256").getKeyID());
      variables.put("SOFTWARE_ID", software.id());
      variables.put("AUDIENCE", british.issuer().toString());

      run(
          variables,
          List.of(command("REGISTERING.md", "METADATA="), command("REGISTERING.md", "sign()")));

      assertThat(json("client.json").path("software_id").asText()).isEqualTo(software.id());
    }
  }
}
