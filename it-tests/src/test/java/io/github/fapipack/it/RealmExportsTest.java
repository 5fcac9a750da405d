package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of the realm files, and that the stricter one contains all of the other. */
class RealmExportsTest {
  private static final Path EXPORTS =
      Path.of(System.getProperty("basedir")).resolveSibling("realm-exports");

  @ParameterizedTest
  @MethodSource("names")
  void holdNoUsersClientsSecretsOrKeys(String name) {
    JsonNode realm = read(name);

    assertThat(realm.has("users") || realm.has("clients")).isFalse();
    assertThat(realm.toString()).doesNotContain("privateKey", "\"secret\"", "\"credentials\":[");
  }

  @Test
  void messageSigningAddsToTheSecurityProfile() {
    ObjectNode base = read("fapi2-security-profile");
    ObjectNode signing = read("fapi2-message-signing");

    assertThat(rules(signing)).containsAll(rules(base));
    List<String> own = List.of("realm", "displayName", "clientProfiles", "clientPolicies");
    assertThat(signing.remove(own)).isEqualTo(base.remove(own));
  }

  @Test
  void cibaAddsToTheSecurityProfile() {
    ObjectNode base = read("fapi2-security-profile");
    ObjectNode ciba = read("fapi-ciba");

    // The algorithms are fewer, so that some rules have other settings.
    assertThat(ciba.findValuesAsText("executor")).containsAll(base.findValuesAsText("executor"));
    List<String> own =
        List.of(
            "realm", "displayName", "attributes", "components", "clientProfiles", "clientPolicies");
    assertThat(ciba.remove(own)).isEqualTo(base.remove(own));
  }

  @Test
  void theDirectoryAddsToTheSecurityProfile() {
    ObjectNode base = read("fapi2-security-profile");
    ObjectNode directory = read("fapi-directory");

    assertThat(rules(directory))
        .containsAll(
            rules(base).stream().filter(rule -> !rule.contains("revoked-certificate")).toList())
        .anyMatch(rule -> rule.contains("fapi2-require-issued-certificate"));
    assertThat(directory.path("registrationAllowed").asBoolean(true)).isFalse();
    assertThat(directory.at("/attributes/fapi.scheme").asText()).isEqualTo("plain");
  }

  @Test
  void areGeneratedFromTheirSources() {
    Map<String, String> realms = new RealmSources(EXPORTS.resolve("src")).realms();

    assertThat(realms.keySet()).containsExactlyInAnyOrderElementsOf(names());
    realms.forEach(
        (name, text) -> new GeneratedFile("realm-exports/" + name + ".json").requireToBe(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"open-finance-brazil", "open-banking-uk", "open-finance-ksa", "open-finance-uae"})
  void haveWhatTheProfileOfTheirEcosystemNames(String ecosystem) {
    JsonNode profile =
        Json.read(
            GeneratedFile.ROOT.resolve(
                "providers/src/main/resources/fapi-ecosystems/" + ecosystem + ".json"));
    List<JsonNode> realms =
        names().stream()
            .map(name -> (JsonNode) read(name))
            .filter(realm -> realm.at("/attributes/fapi.ecosystem").asText().equals(ecosystem))
            .toList();

    assertThat(realms).isNotEmpty();
    for (JsonNode realm : realms) {
      List<String> known = realm.path("clientScopes").findValuesAsText("name");
      for (JsonNode role : profile.path("roles")) {
        role.path("scopes")
            .forEach(
                scope ->
                    assertThat(known.contains(scope.asText()) || scope.asText().equals("openid"))
                        .as(scope.asText())
                        .isTrue());
      }
    }
  }

  @Test
  void aTypeHasEachTextInEachLanguage() {
    read("open-finance-uae")
        .path("attributes")
        .properties()
        .forEach(
            attribute -> {
              if (attribute.getKey().startsWith("fapi.authorization-details.")) {
                JsonNode messages = Json.parse(attribute.getValue().textValue()).path("messages");
                assertThat(messages.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder("en", "de", "es", "pt-BR", "ar", "ja");
                messages.forEach(
                    texts -> assertThat(keys(texts)).isEqualTo(keys(messages.path("en"))));
              }
            });
  }

  private static List<String> keys(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  @Test
  void anOverlayMayBuildOnAnother(@TempDir Path folder) throws IOException {
    Files.copy(EXPORTS.resolve("src/base.json"), folder.resolve("base.json"));
    write(folder, "one", "{'realm':{'realm':'one'},'rules':{'fapi2-require-pkce':null}}");
    write(folder, "two", "{'extends':'one','realm':{'realm':'two'}}");
    write(
        folder,
        "all",
        "{'extends':'two','realm':{'realm':'all'},'rules':{'fapi2-require-pkce':{}}}");

    Map<String, String> realms = new RealmSources(folder).realms();

    assertThat(realms.get("two")).doesNotContain("fapi2-require-pkce");
    assertThat(realms.get("all")).contains("fapi2-require-pkce");
    assertThat(realms.get("two")).doesNotContain("extends");
  }

  @Test
  void anOverlayCannotBuildOnItself(@TempDir Path folder) throws IOException {
    Files.copy(EXPORTS.resolve("src/base.json"), folder.resolve("base.json"));
    write(folder, "one", "{'extends':'two','realm':{'realm':'one'}}");
    write(folder, "two", "{'extends':'one','realm':{'realm':'two'}}");

    assertThatThrownBy(() -> new RealmSources(folder).realms())
        .hasMessage("one.overlay.json extends itself");
  }

  private static void write(Path folder, String name, String json) throws IOException {
    Files.writeString(folder.resolve(name + ".overlay.json"), json.replace('\'', '"'));
  }

  @Test
  void putARuleBehindTheOneThatTheOverlayNamesBeforeIt() {
    ObjectNode base = object("{'rules':{'a':{},'b':{'x':'1','y':'1'},'c':{}}}");
    ObjectNode overlay =
        object("{'rules':{'first':{},'b':{'x':'2','y':null},'behind':{'z':'3'},'c':null}}");

    assertThat(RealmSources.overlaid(base, overlay).path("rules"))
        .hasToString("{'first':{},'a':{},'b':{'x':'2'},'behind':{'z':'3'}}".replace('\'', '"'));
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.parse(json.replace('\'', '"'));
  }

  private static List<String> rules(JsonNode realm) {
    JsonNode executors = realm.path("clientProfiles").path("profiles").get(0).path("executors");
    return StreamSupport.stream(executors.spliterator(), false).map(JsonNode::toString).toList();
  }

  static List<String> names() {
    try (Stream<Path> files = Files.list(EXPORTS.resolve("src"))) {
      return Stream.concat(
              Stream.of("fapi2-security-profile"),
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".overlay.json"))
                  .map(name -> name.replace(".overlay.json", ""))
                  .sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode read(String name) {
    return (ObjectNode) Json.read(EXPORTS.resolve(name + ".json"));
  }
}
