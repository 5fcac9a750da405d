package io.github.fapipack.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The release archive, which is unpacked over a Keycloak. */
class ReleaseArchiveIT {
  private static final Path ROOT = Path.of(System.getProperty("harness.root"));
  private static final String NAME = "keycloak-fapi-pack-" + System.getProperty("pack.version");

  private static ZipFile archive;

  @BeforeAll
  static void open() throws IOException {
    archive = new ZipFile(ROOT.resolve("target").resolve(NAME + ".zip").toFile());
  }

  @AfterAll
  static void close() throws IOException {
    archive.close();
  }

  @Test
  void addsTwoJarsToKeycloakAndKeepsTheRestInAFolderOfItsOwn() {
    List<String> files = names().filter(name -> !name.endsWith("/")).toList();

    assertThat(files.stream().filter(name -> !name.startsWith("fapi-pack/")))
        .containsExactlyInAnyOrder(
            "providers/keycloak-fapi-providers.jar", "providers/keycloak-fapi-themes.jar");
    assertThat(files)
        .contains(
            "fapi-pack/README.md",
            "fapi-pack/LICENSE",
            "fapi-pack/THIRD-PARTY.md",
            "fapi-pack/sbom.cdx.json",
            "fapi-pack/native/AmazonCorrettoCryptoProvider-linux-x86_64.jar",
            "fapi-pack/native/AmazonCorrettoCryptoProvider-linux-aarch_64.jar",
            "fapi-pack/docker/dashboards/fapi-pack.json",
            "fapi-pack/providers/resource-server/authz/nginx.conf",
            "fapi-pack/docker/alerts/fapi-pack.yaml",
            "fapi-pack/realm-exports/fapi2-security-profile.json");
  }

  @Test
  void hasTheKitForResourceServersWithItsSourcesAndItsDocumentation() throws IOException {
    String folder = "fapi-pack/resource-server/";

    assertThat(names().filter(name -> name.startsWith(folder) && !name.endsWith("/")))
        .containsExactlyInAnyOrder(
            folder + "fapi-http-signatures.jar",
            folder + "fapi-http-signatures.pom",
            folder + "fapi-http-signatures-sources.jar",
            folder + "fapi-http-signatures-javadoc.jar",
            folder + "fapi-resource-server.jar",
            folder + "fapi-resource-server.pom",
            folder + "fapi-resource-server-sources.jar",
            folder + "fapi-resource-server-javadoc.jar",
            folder + "fapi-authz.jar",
            folder + "fapi-resource-check.jar");
    assertThat(jarNames(folder + "fapi-resource-server.jar"))
        .filteredOn(name -> name.endsWith(".class"))
        .hasSizeGreaterThan(100)
        .allMatch(name -> name.startsWith("io/github/fapipack/resourceserver/"));
    assertThat(text(archive.getEntry(folder + "fapi-resource-server.pom")))
        .doesNotContain("<parent>", "${");
  }

  @Test
  void holdsEveryRealmExport() throws IOException {
    try (Stream<Path> exports = Files.list(ROOT.resolve("realm-exports"))) {
      assertThat(
              exports
                  .filter(Files::isRegularFile)
                  .map(file -> "fapi-pack/realm-exports/" + file.getFileName()))
          .hasSizeGreaterThan(3)
          .allMatch(name -> archive.getEntry(name) != null);
    }
  }

  @Test
  void holdsNoTestsKeysOrSettings() throws IOException {
    List<String> all = new ArrayList<>(names().toList());
    for (String jar : List.of("providers", "themes")) {
      all.addAll(jarNames("providers/keycloak-fapi-" + jar + ".jar"));
    }

    assertThat(all)
        .hasSizeGreaterThan(200)
        .noneMatch(name -> name.matches(".*(Test|IT|Test\\$.*|IT\\$.*)\\.class"))
        .noneMatch(name -> name.matches("(?i).*\\.(pem|key|p12|jks|pfx|env|java|log)"))
        .noneMatch(name -> name.contains("org/junit") || name.contains("fapipack/it/"));
    for (ZipEntry entry : archive.stream().toList()) {
      assertThat(text(entry)).doesNotContain("-----BEGIN PRIVATE", "-----BEGIN EC PRIVATE");
    }
  }

  @Test
  void everyEntryBearsTheTimeOfTheSourcesAndNotOfTheBuild() {
    assertThat(archive.stream().map(ZipEntry::getTimeLocal).distinct())
        .singleElement()
        .hasToString("2026-01-01T00:00");
  }

  @Test
  void nothingIsShippedButWhatWasLookedAtWithItsLicenceAndItsBytes() throws IOException {
    String bill = text(archive.getEntry("fapi-pack/sbom.cdx.json"));
    JsonNode components = new ObjectMapper().readTree(bill).path("components");
    List<String> rows = new ArrayList<>();
    for (JsonNode component : components) {
      if (!component.path("group").asText().equals("io.github.fapipack")) {
        rows.add(row(component));
      }
    }

    assertThat(text(archive.getEntry("fapi-pack/THIRD-PARTY.md")).lines())
        .filteredOn(line -> line.matches("\\| [a-z0-9.-]+:.*"))
        .as("the rows of THIRD-PARTY.md")
        .containsExactlyInAnyOrderElementsOf(rows);
    assertThat(components.findValuesAsText("name"))
        .contains(
            "keycloak-fapi-providers",
            "keycloak-fapi-themes",
            "fapi-http-signatures",
            "fapi-resource-server",
            "fapi-authz",
            "keycloak-fapi-harness");
    assertThat(ROOT.resolve("target").resolve(NAME + ".cdx.json")).hasContent(bill);
    assertThat(jarNames("providers/keycloak-fapi-providers.jar"))
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(name -> name.startsWith("io/github/fapipack/"));
    assertThat(jarNames("providers/keycloak-fapi-themes.jar"))
        .noneMatch(name -> name.endsWith(".class"));
  }

  private static String row(JsonNode component) {
    JsonNode licence = component.at("/licenses/0/license");
    return "| %s:%s | %s | %s | %s |"
        .formatted(
            component.path("group").asText(),
            component.path("name").asText(),
            component.path("version").asText(),
            licence.path("id").asText(licence.path("name").asText("no licence")),
            sha256(component));
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.path("hashes")) {
      if (hash.path("alg").asText().equals("SHA-256")) {
        return hash.path("content").asText();
      }
    }
    return "no hash";
  }

  private static Stream<String> names() {
    return archive.stream().map(ZipEntry::getName);
  }

  private static List<String> jarNames(String jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream entries =
        new ZipInputStream(archive.getInputStream(archive.getEntry(jar)))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private static String text(ZipEntry entry) throws IOException {
    try (InputStream bytes = archive.getInputStream(entry)) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
