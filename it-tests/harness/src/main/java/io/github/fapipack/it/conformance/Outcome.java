package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one module of a plan ended.
 *
 * @param result the suite's, or TIMEOUT, INTERRUPTED or ERROR if there is none
 * @param conditions how many conditions had each result
 * @param findings the conditions that failed, warn, or want a person to look
 */
record Outcome(
    PlanRun run,
    String module,
    JsonNode variant,
    String result,
    long seconds,
    String log,
    Map<String, Long> conditions,
    List<Finding> findings) {

  private static final Set<String> GOOD = Set.of("PASSED", "WARNING", "REVIEW", "SKIPPED");

  Outcome {
    conditions = Map.copyOf(conditions);
    findings = List.copyOf(findings);
  }

  /** Whether the module ended well, or only in the way that the run's file expects. */
  boolean acceptable() {
    return GOOD.contains(result) || expected();
  }

  /** Whether there are findings, all of which the run's file expects. */
  boolean expected() {
    List<Finding> relevant =
        findings.stream().filter(finding -> !finding.result().equals("REVIEW")).toList();
    return !relevant.isEmpty() && relevant.stream().allMatch(this::isExpected);
  }

  private boolean isExpected(Finding finding) {
    return run.expectation(module, finding).isPresent();
  }

  /** One line on a finding, with the reason if it is expected. */
  String text(Finding finding) {
    return run.expectation(module, finding)
        .map(reason -> finding.result() + " " + finding.condition() + ", expected: " + reason)
        .orElseGet(() -> finding.text());
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("realm", run.realm()).put("run", run.name()).put("plan", run.plan());
    json.set("variant", run.variant());
    json.put("module", module);
    json.set("module_variant", variant);
    json.put("result", result)
        .put("acceptable", acceptable())
        .put("seconds", seconds)
        .put("log", log);
    json.set("conditions", Json.tree(conditions));
    findings.forEach(
        finding -> {
          ObjectNode entry = json.withArray("findings").addObject();
          entry
              .put("result", finding.result())
              .put("condition", finding.condition())
              .put("message", finding.message())
              .put("block", finding.block())
              .put("requirements", finding.requirements());
          run.expectation(module, finding).ifPresent(reason -> entry.put("expected", reason));
        });
    return json;
  }
}
