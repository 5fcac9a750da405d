package io.github.fapipack.it.apicheck;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What is to be fixed, as SARIF 2.1.0. */
final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private SarifReport() {}

  static String of(Report report) {
    ObjectNode json = Json.object().put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = json.putArray("runs").addObject();
    ObjectNode driver =
        run.putObject("tool")
            .putObject("driver")
            .put("name", Report.NAME)
            .put("version", report.version());
    ArrayNode rules = driver.putArray("rules");
    ArrayNode results = run.putArray("results");
    for (Result result : report.results()) {
      describe(rules.addObject(), result.attack());
      if (!result.verdict().level().equals("none")) {
        add(results.addObject(), result, report);
      }
    }
    return Json.text(json) + "\n";
  }

  private static void describe(ObjectNode rule, Attack attack) {
    rule.put("id", attack.id());
    rule.putObject("shortDescription").put("text", attack.title() + ".");
    rule.putObject("help").put("text", attack.fix());
    rule.putObject("properties").put("clause", attack.clause());
  }

  private static void add(ObjectNode json, Result result, Report report) {
    Attack attack = result.attack();
    json.put("ruleId", attack.id()).put("level", result.verdict().level());
    json.putObject("message")
        .put(
            "text",
            "%s: %s (%s, %s). What to do: %s"
                .formatted(
                    attack.title(),
                    result.verdict().text(),
                    result.seen(),
                    attack.clause(),
                    attack.fix()));
    ObjectNode location = json.putArray("locations").addObject();
    location
        .putObject("physicalLocation")
        .putObject("artifactLocation")
        .put("uri", report.address());
    location
        .putArray("logicalLocations")
        .addObject()
        .put("fullyQualifiedName", report.method() + " " + report.address())
        .put("kind", "resource");
    String place = attack.id() + " " + report.method() + " " + report.address();
    json.putObject("partialFingerprints")
        .put(
            "apiCheck/v1",
            UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
