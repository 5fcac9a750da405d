package io.github.fapipack.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of docker/ are consistent with each other and the build; no containers are started. */
class DockerFilesIT {
  /** The build's version, even if the tests run on another one. */
  private static final String VERSION =
      matches(DockerFolder.read("../pom.xml"), "<keycloak\\.version>(.+)</keycloak\\.version>")
          .get(0);

  private final Map<String, Object> compose =
      new Yaml(new SafeConstructor(new LoaderOptions())).load(DockerFolder.read("compose.yaml"));
  private final String dockerfile = DockerFolder.read("Dockerfile");
  private final String nginx = DockerFolder.read("nginx.conf");

  @Test
  void everythingUsesTheKeycloakOfTheBuild() {
    assertThat(matches(dockerfile, "ARG KEYCLOAK_VERSION=(.+)")).containsExactly(VERSION);
    assertThat(matches(dockerfile, "FROM (\\S+)"))
        .hasSize(2)
        .containsOnly("quay.io/keycloak/keycloak:${KEYCLOAK_VERSION}");
    assertThat(map(map(service("keycloak-1"), "build"), "args"))
        .containsEntry("KEYCLOAK_VERSION", VERSION);
    for (String node : List.of("keycloak-1", "keycloak-2")) {
      assertThat(service(node)).containsEntry("image", "keycloak-fapi-pack:" + VERSION);
    }
  }

  @Test
  void theImageTakesTheJarsOfTheBuildAndNothingElseIsSentToIt() throws IOException {
    Map<String, Object> build = map(service("keycloak-1"), "build");
    Path context = DockerFolder.FOLDER.resolve((String) build.get("context")).normalize();
    List<String> copied =
        matches(dockerfile, "COPY (?!--from)(?:--\\S+ )*(.+) \\S+").stream()
            .flatMap(files -> Arrays.stream(files.split(" ")))
            .toList();
    List<String> sent =
        Files.readAllLines(context.resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!") || line.equals("*"))
            .map(line -> line.replace("!", ""))
            .toList();

    assertThat(context.resolve((String) build.get("dockerfile"))).isRegularFile();
    assertThat(copied).hasSize(3).allSatisfy(file -> assertThat(context.resolve(file)).exists());
    assertThat(sent).first().isEqualTo("*");
    assertThat(sent.subList(1, sent.size()).stream().map(file -> file.replace("*.jar", "")))
        .isEqualTo(copied);
  }

  @Test
  void theImageRunsWithoutRootAndHoldsNoSecret() {
    String last = dockerfile.substring(dockerfile.lastIndexOf("FROM "));

    assertThat(matches(last, "USER (.+)")).containsExactly("1000");
    assertThat(last).contains("HEALTHCHECK", "\"start\", \"--optimized\"");
    assertThat(dockerfile).doesNotContainIgnoringCase("password").doesNotContain("SECRET");
  }

  @Test
  void passwordsComeFromTheEnvironmentOnly() {
    List<String> passwords = matches(DockerFolder.read("compose.yaml"), "[A-Z_]*PASSWORD: (.+)");

    assertThat(passwords).hasSize(3).allMatch(value -> value.startsWith("${KC_"));
    for (String name : matches(DockerFolder.read("compose.yaml"), "\\$\\{([A-Z_]+)")) {
      assertThat(DockerFolder.read(".env.example")).contains(name + "=");
    }
    assertThat(matches(DockerFolder.read(".env.example"), "PASSWORD=(.*)")).containsOnly("");
  }

  @Test
  void mountsFilesThatAreThereAfterThePkiScript(@TempDir Path folder) {
    Path pki = DockerFolder.pki(folder.resolve("pki"));
    for (String service : List.of("keycloak-1", "keycloak-2", "nginx")) {
      for (Object volume : (List<?>) service(service).get("volumes")) {
        String source = volume.toString().split(":")[0];
        Path file =
            source.startsWith("./pki/")
                ? pki.resolve(source.substring("./pki/".length()))
                : DockerFolder.FOLDER.resolve(source);
        assertThat(file).isRegularFile();
        assertThat(source).doesNotContain("ca.key");
      }
    }
    assertThat(DockerFolder.ROOT.resolve(".gitignore"))
        .content()
        .contains("docker/pki/", "docker/.env");
  }

  @Test
  void nginxIsTheOnlyOneThatTheNodesBelieve() {
    Map<String, Object> settings = map(service("keycloak-1"), "environment");
    Map<String, Object> inside = map(map(service("nginx"), "networks"), "inside");

    assertThat(service("keycloak-2").get("environment")).isEqualTo(settings);
    assertThat(settings)
        .containsEntry("KC_PROXY_HEADERS", "xforwarded")
        .containsEntry("KC_PROXY_TRUSTED_ADDRESSES", inside.get("ipv4_address"))
        .containsEntry("KC_SPI_X509CERT_LOOKUP__NGINX__SSL_CLIENT_CERT", "ssl-client-cert");
    assertThat(matches(dockerfile, "ARG CERT_LOOKUP=(.+)")).containsExactly("nginx");
    for (String node : List.of("keycloak-1", "keycloak-2")) {
      assertThat(service(node)).doesNotContainKey("ports");
      assertThat(nginx).contains("server " + node + ":8443");
    }
  }

  @Test
  void theAdministrationIsPublishedForThisMachineOnly() {
    assertThat(service("nginx").get("ports"))
        .isEqualTo(List.of("8443:8443", "127.0.0.1:9443:9443"));
    assertThat(matches(nginx, "listen (\\d+) ssl")).containsExactly("8443", "9443");
  }

  @Test
  void noServerOrLocationOfNginxDropsTheHeaders() {
    String servers = nginx.substring(nginx.indexOf("\n  server {"));

    assertThat(servers).contains("location /realms/").doesNotContain("proxy_set_header");
    assertThat(nginx).contains("proxy_set_header Ssl-Client-Cert $ssl_client_escaped_cert;");
  }

  private Map<String, Object> service(String name) {
    return map(map(compose, "services"), name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> parent, String key) {
    assertThat(parent).containsKey(key);
    return (Map<String, Object>) parent.get(key);
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
