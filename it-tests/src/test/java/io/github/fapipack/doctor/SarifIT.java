package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit as a pipeline reads it: what SARIF 2.1.0 demands is there. */
class SarifIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private static TestRealm realm;

  @Test
  void isOneRunOfOneTool() {
    JsonNode sarif = Doctor.of(realm).report("format=sarif");

    assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
    assertThat(sarif.path("$schema").asText()).endsWith("sarif-schema-2.1.0.json");
    assertThat(sarif.path("runs")).hasSize(1);
    assertThat(sarif.at("/runs/0/tool/driver/name").asText()).isNotBlank();
  }

  @Test
  void describesTheRuleOfEveryResult() {
    JsonNode run = Doctor.of(realm).report("format=sarif").at("/runs/0");
    List<String> rules = Doctor.texts(run.at("/tool/driver/rules"), "/id");

    assertThat(rules).doesNotHaveDuplicates();
    assertThat(run.at("/tool/driver/rules"))
        .allMatch(rule -> !rule.at("/shortDescription/text").asText().isBlank());
    assertThat(run.path("results")).hasSizeGreaterThan(50);
    for (JsonNode result : run.path("results")) {
      assertThat(result.path("ruleId").asText()).isIn(rules);
      assertThat(result.path("level").asText()).isIn("error", "warning", "note");
      assertThat(result.at("/message/text").asText()).isNotBlank();
      assertThat(result.at("/locations/0/logicalLocations/0/fullyQualifiedName").asText())
          .startsWith(realm.name() + "/");
    }
  }

  @Test
  void tellsEveryResultFromEveryOther() {
    JsonNode results = Doctor.of(realm).report("format=sarif").at("/runs/0/results");

    assertThat(Doctor.texts(results, "/partialFingerprints/fapiFinding~1v1"))
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @Test
  void isAlsoThereForWhoeverAcceptsIt() {
    AdminResponse answer =
        realm.admin().get("/" + realm.name() + "/fapi/report", "application/sarif+json");

    assertThat(answer.json().path("version").asText()).isEqualTo("2.1.0");
  }
}
