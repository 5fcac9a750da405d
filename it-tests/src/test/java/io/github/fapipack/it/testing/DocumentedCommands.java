package io.github.fapipack.it.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands on the pack's pages, run as they stand there, in a folder beside a test server. */
public final class DocumentedCommands {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Harness HARNESS = Harness.fromSystemProperties();
  private static final Path SERVER =
      HARNESS.workFolder("test-server").resolve("keycloak").toAbsolutePath();

  /** What a reader's machine has, and the one of these tests may lack. */
  private static final String PREPARATION =
      """
      set -euo pipefail
      command -v uuidgen > /dev/null || uuidgen() { cat /proc/sys/kernel/random/uuid; }
      [ -f ca.p12 ] || keytool -importcert -noprompt -file server-ca.pem -alias ca -keystore ca.p12 -storepass changeit
      export KC_OPTS="-Djavax.net.ssl.trustStore=$PWD/ca.p12 -Djavax.net.ssl.trustStorePassword=changeit"
      """;

  private final Path folder;

  private DocumentedCommands(Path folder) {
    this.folder = folder;
  }

  /** Prepares an empty folder; without the tools that the pages need, the test is left out. */
  public static DocumentedCommands in(Path folder, KeycloakServer server) throws IOException {
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
    Files.writeString(folder.resolve("server-ca.pem"), server.pki().serverCa().certificatePem());
    return new DocumentedCommands(folder);
  }

  /** A file in the folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** What a file in the folder contains. */
  public String text(String name) throws IOException {
    return Files.readString(file(name));
  }

  /** The same as JSON. */
  public JsonNode json(String name) throws IOException {
    return Json.parse(text(name));
  }

  /** The command of a page in the folder providers that contains a text. */
  public static String command(String page, String text) throws IOException {
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

  /** Puts what an administrator of a realm knows into the variables. */
  public static void putAdministrator(Map<String, String> variables, TestRealm realm) {
    variables.put("KEYCLOAK", realm.server().baseUrl().toString());
    variables.put("REALM", realm.name());
    variables.put("PASSWORD", realm.admin().password());
    variables.put("KC_CLI_PASSWORD", realm.admin().password());
  }

  /** Runs scripts one after the other in one shell, which ends at the first failure. */
  public void run(Map<String, String> variables, List<String> scripts)
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
    assertThat(process.exitValue()).as(text("log")).isZero();
  }
}
