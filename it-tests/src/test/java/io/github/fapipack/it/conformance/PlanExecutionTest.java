package io.github.fapipack.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runner makes of the suite's results. */
class PlanExecutionTest {
  private static final PlanRun RUN =
      new PlanRun(
          "bank",
          "first",
          Json.parse(
              """
              {"plan": "a-test-plan", "variant": {"auth": "mtls"},
               "expected": [{"module": "slow.*", "condition": "CheckKeystore",
                             "reason": "the keystore of a real directory"},
                            {"block": "Second client.*", "condition": "CheckStatus",
                             "reason": "the suite has one consent for both clients"}]}
              """));

  private final SuiteStub suite = new SuiteStub();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    suite.close();
  }

  @Test
  void conditionsAreCountedAndFindingsAreNamed() {
    suite.module(
        "happy-flow",
        "WARNING",
        """
        [{"blockId": "1", "startBlock": true, "msg": "Call the resource"},
         {"result": "SUCCESS", "src": "CheckStatus"}, {"result": "SUCCESS", "src": "CheckBody"},
         {"result": "WARNING", "src": "CheckHeader", "msg": "The header is missing",
          "blockId": "1", "requirements": ["A-1", "B-2"], "actual": "none"}]
        """);

    Outcome outcome = run("").get(0);

    assertThat(outcome.conditions()).containsEntry("SUCCESS", 2L).containsEntry("WARNING", 1L);
    assertThat(outcome.text(outcome.findings().get(0)))
        .isEqualTo(
            "WARNING CheckHeader [A-1, B-2] in \"Call the resource\": The header is missing"
                + " actual: \"none\" ");
    assertThat(outcome.acceptable()).isTrue();
    assertThat(outcome.expected()).isFalse();
  }

  @Test
  void aFailureThatTheFileExpectsIsAcceptedInItsModulesOnly() {
    String log = "[{\"result\": \"FAILURE\", \"src\": \"CheckKeystore\"}]";
    suite.module("slow-flow", "FAILED", log).module("other-flow", "FAILED", log);

    List<Outcome> outcomes = run("");

    assertThat(outcomes).extracting(Outcome::acceptable).containsExactly(true, false);
    assertThat(outcomes.get(0).text(outcomes.get(0).findings().get(0)))
        .endsWith("expected: the keystore of a real directory");
  }

  @Test
  void anExpectationMayBeForOneStepOfAModule() {
    String log =
        """
        [{"blockId": "1", "startBlock": true, "msg": "%s"},
         {"blockId": "1", "result": "FAILURE", "src": "CheckStatus"}]
        """;
    suite
        .module("first-flow", "INTERRUPTED", log.formatted("Call the token endpoint"))
        .module("second-flow", "INTERRUPTED", log.formatted("Second client: Call it"));

    assertThat(run("")).extracting(Outcome::acceptable).containsExactly(false, true);
  }

  @Test
  void aModuleThatBrokeOffIsNotAccepted() {
    suite.module("happy-flow", "INTERRUPTED", "[]");

    assertThat(run("")).extracting(Outcome::result).containsExactly("INTERRUPTED");
    assertThat(run("").get(0).acceptable()).isFalse();
  }

  @Test
  void onlyTheChosenModulesRunAndEachHasALine() {
    suite.module("happy-flow", "PASSED", "[]").module("other-flow", "PASSED", "[]");

    assertThat(run("happy")).extracting(Outcome::module).containsExactly("happy-flow");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("bank, first: a-test-plan {\"auth\":\"mtls\"}")
        .contains(" 1/1  PASSED   happy-flow (");
    assertThat(Json.parse(suite.configuration()).path("alias").asText()).isEqualTo("x");
  }

  @Test
  void resultsAreWrittenAsJsonAndAsATable(@TempDir Path folder) throws IOException {
    suite
        .module("happy-flow", "PASSED", "[]")
        .module("bad-flow", "FAILED", "[{\"result\": \"FAILURE\", \"src\": \"CheckBody\"}]");
    Results results = new Results();
    results.add(run(""));

    results.write(folder);

    JsonNode json = Json.read(folder.resolve("results.json"));
    assertThat(json).hasSize(2);
    assertThat(json.get(1).path("findings").get(0).path("condition").asText())
        .isEqualTo("CheckBody");
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("| bank | first | 2 | 1 |  |  |  | 1 |  |  |")
        .contains("| bank | first | bad-flow | FAILED | FAILURE CheckBody");
    assertThat(results.acceptable()).isFalse();
  }

  @Test
  void nothingIsNoSuccess() {
    assertThat(new Results().acceptable()).isFalse();
  }

  private List<Outcome> run(String modules) {
    return new PlanExecution(
            new SuiteApi(suite.address(), ""),
            Pattern.compile(modules),
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(RUN, Json.object().put("alias", "x"));
  }
}
