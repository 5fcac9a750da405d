package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bench.RuleCosts.Cost;
import io.github.fapipack.it.http.Json;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What rules cost, for people and for programs. */
final class RuleReport {
  /** Only the guard: the time of a rule that does not apply, including the measurement. */
  private static final double SILENT_NANOS = 1000;

  /** Less of an operation's processor time than can be measured. */
  private static final double NOT_MEASURABLE = 0.01;

  private final RuleCosts pack;
  private final RuleCosts builtIn;
  private final Map<String, String> machine;
  private final Cores cores;
  private final String algorithm;

  RuleReport(
      Map<Contender, RuleCosts> costs, Map<String, String> machine, Cores cores, String algorithm) {
    this.pack = costs.get(Contender.PACK);
    this.builtIn = costs.get(Contender.BUILT_IN);
    this.machine = machine;
    this.cores = cores;
    this.algorithm = algorithm;
  }

  void print(PrintStream out) {
    out.printf(
        "%n%s, %s%n%s%n%nmicroseconds of each operation (nanoseconds of each call)%n",
        String.join(", ", machine.values()), algorithm, cores);
    out.printf("%-46s", "");
    for (Operation operation : Operation.values()) {
      out.printf("%20s", operation.title());
    }
    out.println();
    for (String rule : rulesByCost()) {
      out.printf("%-46s", rule);
      for (Operation operation : Operation.values()) {
        Cost cost = pack.rules(operation).getOrDefault(rule, Cost.NONE);
        out.printf(Locale.ROOT, "%10.2f %9s", cost.micros(), "(" + Math.round(cost.nanos()) + ")");
      }
      out.println();
    }
    line(out, "all rules, with the kernel", operation -> pack.execution(operation).micros());
    line(out, "all of client policies", operation -> pack.policies(operation).micros());
    line(out, "the same under the built-in profile", op -> builtIn.policies(op).micros());
    line(out, "server CPU", operation -> 1000 * pack.sample(operation).cpuMillis());
    out.println();
    for (Operation operation : Operation.values()) {
      out.println(silence(operation));
    }
  }

  /** A line about all rules that return at once. */
  private String silence(Operation operation) {
    List<Cost> silent =
        pack.rules(operation).values().stream()
            .filter(cost -> cost.nanos() < SILENT_NANOS)
            .toList();
    double micros = silent.stream().mapToDouble(Cost::micros).sum();
    double share = micros / 1000 / pack.sample(operation).cpuMillis();
    return String.format(
        Locale.ROOT,
        "%-6s  %s: %d of %d rules return within %.0f ns a call: together %.1f us, %.2f %% of the"
            + " CPU",
        share < NOT_MEASURABLE ? "PASS" : "MISSED",
        operation.title(),
        silent.size(),
        pack.rules(operation).size(),
        SILENT_NANOS,
        micros,
        100 * share);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.set("machine", Json.tree(machine));
    json.put("pinning", cores.toString());
    json.put("algorithm", algorithm);
    for (Operation operation : Operation.values()) {
      ObjectNode one = json.withObject("/operations").putObject(operation.title());
      one.put("operations", pack.sample(operation).operations())
          .put("serverCpuMicros", 1000 * pack.sample(operation).cpuMillis())
          .put("policiesMicros", pack.policies(operation).micros())
          .put("policiesMicrosBuiltIn", builtIn.policies(operation).micros())
          .put("executionMicros", pack.execution(operation).micros());
      pack.rules(operation)
          .forEach(
              (rule, cost) ->
                  one.withObject("/rules")
                      .putObject(rule)
                      .put("calls", cost.calls())
                      .put("nanosPerCall", cost.nanos())
                      .put("micros", cost.micros()));
    }
    return json;
  }

  private List<String> rulesByCost() {
    Map<String, Double> totals = new TreeMap<>();
    for (Operation operation : Operation.values()) {
      pack.rules(operation).forEach((rule, cost) -> totals.merge(rule, cost.micros(), Double::sum));
    }
    return totals.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private interface Micros {
    double of(Operation operation);
  }

  private static void line(PrintStream out, String title, Micros micros) {
    out.printf("%-46s", title);
    for (Operation operation : Operation.values()) {
      out.printf(Locale.ROOT, "%10.2f %9s", micros.of(operation), "");
    }
    out.println();
  }
}
