package io.github.fapipack.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.time.Await;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The README's "Use it in your own Keycloak", to the letter, with a Keycloak as it is shipped. */
class OwnKeycloakIT {
  private static final Harness HARNESS = Harness.fromSystemProperties();
  private static final Duration TO_START = Duration.ofMinutes(4);
  private static final String REALM = "fapi2-security-profile";

  private static final Pki PKI = Pki.create();
  private static Path home;
  private static int port;
  private static int managementPort;
  private static ServerProcess server;

  @BeforeAll
  static void followTheReadme() throws Exception {
    assumeTrue(HARNESS.launcher().equals("distribution"), "needs an unpacked Keycloak");
    Path folder = OwnerOnly.folder(HARNESS.workFolder("own-keycloak"));
    Distribution distribution = new Distribution(folder);
    distribution.unpack(HARNESS.distribution());
    home = distribution.home();
    port = freePort();
    managementPort = freePort();
    PkiFiles files = PKI.writeTo(folder.resolve("pki").toAbsolutePath());
    List<String> steps = shellBlocks();

    ServerProcess build = run(steps.get(0), folder.resolve("build.log"), files);
    assertThat(build.awaitEnd()).as(build::log).isZero();
    server = run("exec " + steps.get(1).strip(), folder.resolve("server.log"), files);
    awaitReady();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String section() throws IOException {
    String readme = Files.readString(HARNESS.root().resolve("README.md"));
    int start = readme.indexOf("## Use it in your own Keycloak");
    return readme.substring(start, readme.indexOf("\n## ", start + 1));
  }

  private static List<String> shellBlocks() throws IOException {
    List<String> blocks = new ArrayList<>();
    String[] parts = section().split("```");
    for (int i = 1; i < parts.length; i += 2) {
      blocks.add(parts[i].replaceFirst("^sh\n", "").stripIndent());
    }
    return blocks;
  }

  private static ServerProcess run(String script, Path log, PkiFiles files) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-e", "-c", script).directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS"));
    environment.putAll(variables(files));
    return new ServerProcess(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  private static Map<String, String> variables(PkiFiles files) {
    Map<String, String> variables = new HashMap<>();
    variables.put("JAVA_HOME", HARNESS.serverJavaHome().toString());
    variables.put(
        "PACK",
        HARNESS
            .root()
            .resolve("target/keycloak-fapi-pack-" + System.getProperty("pack.version") + ".zip")
            .toString());
    variables.put("ADDRESS", "https://localhost:" + port);
    variables.put("CERTIFICATE", files.server().toString());
    variables.put("KEY", files.serverKey().toString());
    variables.put("CLIENT_CAS", files.clientTrustStore().toString());
    variables.put("CLIENT_CAS_PASSWORD", Pki.TRUST_STORE_PASSWORD);
    variables.put("CLIENT_CA_PEM", files.clientCa().toString());
    // Only because another Keycloak may run on the machine of the test.
    variables.put("KC_HTTPS_PORT", String.valueOf(port));
    variables.put("KC_HTTP_MANAGEMENT_PORT", String.valueOf(managementPort));
    return variables;
  }

  private static void awaitReady() {
    Await.atMost(TO_START)
        .every(Duration.ofMillis(500))
        .until("server that is ready, or has ended", () -> isReady() || !server.isAlive());
    assertThat(server.isAlive()).as(server::log).isTrue();
  }

  private static boolean isReady() {
    try {
      return get("https://localhost:" + managementPort + "/health/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().sslContext(PKI.sslContext(null)).build();
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  @Test
  void thePageHasTheOptionsOfTheTests() throws IOException {
    List<String> wanted =
        Stream.concat(
                KeycloakOptions.BUILD.stream(),
                KeycloakOptions.start(URI.create("https://localhost"), new PkiFiles(home)).stream())
            .map(option -> option.substring(2))
            // A server needs a consent service only in some ecosystems.
            .filter(option -> !option.contains("--consent-key-store"))
            .filter(
                option ->
                    option.matches(
                        "(https-client-auth|health|metrics|spi|http-enabled|https-(protocols|cipher)).*"))
            .toList();

    assertThat(wanted).hasSize(9);
    assertThat(section().lines().map(String::strip)).containsAll(wanted);
  }

  @Test
  void theRealmIsThereAndThePackIsActive() throws Exception {
    assertThat(server.log()).contains("Keycloak FAPI Pack");
    assertThat(
            Json.parse(
                    get("https://localhost:"
                            + port
                            + "/realms/"
                            + REALM
                            + "/.well-known/openid-configuration")
                        .body())
                .path("require_pushed_authorization_requests")
                .asBoolean())
        .isTrue();
  }

  @Test
  void metricsAreSwitchedOn() throws Exception {
    assertThat(get("https://localhost:" + managementPort + "/metrics").body()).contains("jvm_");
  }

  @Test
  void clientsAreAskedForACertificate() throws Exception {
    ClientCertificate certificate = PKI.clientCa().issue("CN=own-keycloak");
    SSLContext context = PKI.sslContext(certificate);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getLocalCertificates()[0];
      assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=own-keycloak");
    }
  }
}
