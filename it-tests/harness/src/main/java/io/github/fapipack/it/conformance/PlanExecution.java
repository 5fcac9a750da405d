package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Runs the modules of a plan, one after the other, and prints a line for each. */
record PlanExecution(SuiteApi suite, Pattern chosen, PrintStream out) {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** The outcomes of all modules that were chosen. */
  List<Outcome> run(PlanRun run, JsonNode configuration) {
    JsonNode plan = suite.createPlan(run, configuration);
    List<JsonNode> modules =
        StreamSupport.stream(plan.path("modules").spliterator(), false)
            .filter(module -> chosen.matcher(module.path("testModule").asText()).find())
            .toList();
    out.println();
    out.println(run.realm() + ", " + run.name() + ": " + run.plan() + " " + run.variant());
    List<Outcome> outcomes = new ArrayList<>();
    for (JsonNode module : modules) {
      Outcome outcome = run(run, plan.path("id").asText(), module);
      outcomes.add(outcome);
      print(outcome, outcomes.size(), modules.size());
    }
    return outcomes;
  }

  private Outcome run(PlanRun run, String plan, JsonNode module) {
    Instant begin = Instant.now();
    String name = module.path("testModule").asText();
    JsonNode variant = module.path("variant");
    try {
      String test = suite.start(plan, module);
      String result = result(test);
      JsonNode log = suite.log(test);
      return new Outcome(
          run,
          name,
          variant,
          result,
          secondsSince(begin),
          suite.logPage(test).toString(),
          Finding.counts(log),
          Finding.in(log));
    } catch (SuiteFailure failure) {
      Finding finding = new Finding("ERROR", "runner", failure.getMessage(), "", "", "");
      return new Outcome(
          run, name, variant, "ERROR", secondsSince(begin), "", Map.of(), List.of(finding));
    }
  }

  private String result(String test) {
    Optional<String> status = suite.await(test, LIMIT);
    if (status.isEmpty()) {
      suite.cancel(test);
      return "TIMEOUT";
    }
    return status.get().equals("FINISHED")
        ? suite.info(test).path("result").asText()
        : status.get();
  }

  private static long secondsSince(Instant begin) {
    return Duration.between(begin, Instant.now()).toSeconds();
  }

  private void print(Outcome outcome, int number, int count) {
    out.printf(
        "  %2d/%d  %-8s %s (%d s)%n",
        number, count, outcome.result(), outcome.module(), outcome.seconds());
    outcome.findings().forEach(finding -> out.println("           " + outcome.text(finding)));
    out.flush();
  }
}
