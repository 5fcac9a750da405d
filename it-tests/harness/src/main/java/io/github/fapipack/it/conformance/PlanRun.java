package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One plan of the suite with one variant, against one realm.
 *
 * @param name unique in the realm
 * @param settings of the realm and of this run
 */
record PlanRun(String realm, String name, JsonNode settings) {

  /** The name in the suite's addresses. */
  String alias() {
    return "fapi-pack-" + realm + "-" + name;
  }

  /** The suite's name of the plan. */
  String plan() {
    return settings.path("plan").asText();
  }

  /** The suite's parameters of the plan. */
  JsonNode variant() {
    return settings.path("variant");
  }

  /** Why a condition does not hold in a module, if that is expected. */
  Optional<String> expectation(String module, Finding finding) {
    return StreamSupport.stream(settings.path("expected").spliterator(), false)
        .filter(entry -> entry.path("condition").asText().equals(finding.condition()))
        .filter(entry -> module.matches(entry.path("module").asText(".*")))
        .filter(entry -> finding.block().matches(entry.path("block").asText(".*")))
        .map(entry -> entry.path("reason").asText())
        .findFirst();
  }
}
