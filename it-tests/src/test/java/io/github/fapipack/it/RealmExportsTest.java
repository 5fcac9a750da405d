package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of the realm files, and that the stricter one contains all of the other. */
class RealmExportsTest {
  private static final Path EXPORTS =
      Path.of(System.getProperty("basedir")).resolveSibling("realm-exports");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fapi2-security-profile",
        "fapi2-message-signing",
        "fapi-ciba",
        "fapi1-advanced",
        "fapi-directory"
      })
  void holdNoUsersClientsSecretsOrKeys(String name) {
    JsonNode realm = read(name);

    assertThat(realm.has("users") || realm.has("clients")).isFalse();
    assertThat(realm.toString()).doesNotContain("privateKey", "\"secret\"", "\"credentials\"");
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

    assertThat(realms).hasSize(5);
    realms.forEach(
        (name, text) -> new GeneratedFile("realm-exports/" + name + ".json").requireToBe(text));
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

  private static ObjectNode read(String name) {
    return (ObjectNode) Json.read(EXPORTS.resolve(name + ".json"));
  }
}
