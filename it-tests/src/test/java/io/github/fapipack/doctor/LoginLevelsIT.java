package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The doctor finds levels of login that are called something else, and unreachable ones. */
class LoginLevelsIT {

  private static List<String> problems(String levels, boolean stepUp) {
    ObjectNode copy = ((ObjectNode) TestRealm.export("fapi2-security-profile")).deepCopy();
    if (stepUp) {
      copy.setAll((ObjectNode) file("realm-exports/src/step-up.fragment.json").path("realm"));
    }
    ObjectNode profile =
        (ObjectNode) file("providers/src/main/resources/fapi-ecosystems/plain.json");
    profile.put("id", "levels");
    profile.putObject("authentication").putObject("acr").put("low", 1).put("high", 2);
    copy.withObject("/attributes")
        .put("acr.loa.map", levels)
        .put("fapi.ecosystem", "levels")
        .put("fapi.ecosystem.levels", Json.text(profile));
    try (TestRealm realm = TestRealm.create(copy)) {
      return Doctor.of(realm).findings().stream()
          .filter(Doctor.by("fapi-login-levels"))
          .map(finding -> finding.path("problem").asText())
          .toList();
    }
  }

  private static JsonNode file(String path) {
    return Json.read(Harness.fromSystemProperties().root().resolve(path));
  }

  @Test
  void findsNamesThatAreNotTheEcosystemsAndLevelsThatNoLoginReaches() {
    assertThat(problems("{\"high\":2,\"low\":1}", true)).isEmpty();
    assertThat(problems("{\"high\":1,\"low\":1}", true))
        .singleElement()
        .asString()
        .contains("calls levels of authentication something else");
    assertThat(problems("{\"high\":2,\"low\":1}", false))
        .singleElement()
        .asString()
        .endsWith("high");
  }
}
