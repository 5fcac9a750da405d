package io.github.fapipack.bench;

import io.github.fapipack.bench.MethodTimes.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was timed in one server, by operation. */
final class RuleCosts {
  private static final String RULE = "io.github.fapipack.rule.";
  private static final String SETTINGS = RULE + "ClientSettingRule::check";
  private static final String EXECUTION = RULE + "RuleExecutor::executeOnEvent";

  /** Keycloak's own, or the pack's replacement, which may fall back on it. */
  private static final List<String> POLICIES =
      List.of(
          "org.keycloak.services.clientpolicy.DefaultClientPolicyManager::triggerOnEvent",
          "io.github.fapipack.engine.CachedClientPolicies::triggerOnEvent");

  /**
   * A part of an operation.
   *
   * @param calls within one operation
   * @param nanos of each call
   */
  record Cost(double calls, double nanos) {
    static final Cost NONE = new Cost(0, 0);

    /** Microseconds in one operation. */
    double micros() {
      return calls * nanos / 1000;
    }
  }

  private final List<String> rules;
  private final Map<Operation, Sample> samples = new LinkedHashMap<>();
  private final Map<Operation, Map<String, Count>> counts = new LinkedHashMap<>();

  RuleCosts(List<String> rules, List<Sample> samples, List<Map<String, Count>> counts) {
    this.rules = List.copyOf(rules);
    for (Operation operation : Operation.values()) {
      this.samples.put(operation, samples.get(operation.ordinal()));
      this.counts.put(operation, counts.get(operation.ordinal()));
    }
  }

  /** The methods to time, in the format of the flight recorder. */
  static List<String> methods(List<String> rules) {
    List<String> methods = new ArrayList<>(POLICIES);
    methods.add(SETTINGS);
    methods.add(EXECUTION);
    rules.forEach(rule -> methods.addAll(List.of(rule + "::check", rule + "::correct")));
    return methods;
  }

  Sample sample(Operation operation) {
    return samples.get(operation);
  }

  /** The rules that were asked, by their simple names. */
  Map<String, Cost> rules(Operation operation) {
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (String rule : rules) {
      Cost check = cost(operation, rule + "::check");
      Cost cost = check.calls() > 0 ? check : cost(operation, rule + "::correct");
      if (cost.calls() > 0) {
        costs.put(rule.substring(rule.lastIndexOf('.') + 1), cost);
      }
    }
    return costs;
  }

  /** The whole evaluation of client policies, including rules. */
  Cost policies(Operation operation) {
    Cost most = Cost.NONE;
    for (String method : POLICIES) {
      Cost cost = cost(operation, method);
      most = cost.micros() > most.micros() ? cost : most;
    }
    return most;
  }

  /** The execution of rules, including the rules themselves. */
  Cost execution(Operation operation) {
    return cost(operation, EXECUTION);
  }

  private Cost cost(Operation operation, String method) {
    Count count = counts.get(operation).get(method);
    return count == null || count.calls() == 0
        ? Cost.NONE
        : new Cost(
            (double) count.calls() / (samples.get(operation).operations() + 1),
            count.nanos() / count.calls());
  }
}
