package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.resourceserver.Demands;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What each operation of an API demands. Immutable.
 *
 * <pre>{@code
 * DemandRules rules =
 *     DemandRules.none()
 *         .on("GET /accounts/**", Demands.scopes("accounts"))
 *         .on("POST /payments", Demands.scopes("payments"))
 *         .open("GET /health");
 * }</pre>
 *
 * <p>A path is written as callers write it, with the context path of the application. {@code *}
 * stands for one segment, a final {@code **} for all that follow, or none; a method {@code *} for
 * each. Of several rules that fit, the one that says more from the left applies, in whatever order
 * they are given. {@code GET} has {@code HEAD} too.
 *
 * <p>A path that one program could read differently from another is refused: with {@code //}, a
 * trailing slash, {@code .} or {@code ..}, a semicolon, encoded slashes, dots or letters, or
 * letters in the other case than a rule has.
 */
public final class DemandRules {
  private static final Route OPEN = new Route.Open();
  private static final Route UNKNOWN = new Route.Unknown();
  private static final Route OTHER_CASE =
      new Route.Ambiguous(
          "the path has letters in another case than this API; write it as documented");

  private final List<Rule> rules;
  private final boolean othersPass;

  private record Rule(Operation operation, Route route) {}

  private DemandRules(List<Rule> rules, boolean othersPass) {
    this.rules = List.copyOf(rules);
    this.othersPass = othersPass;
  }

  /** No rule yet: every request is refused. */
  public static DemandRules none() {
    return new DemandRules(List.of(), false);
  }

  /**
   * The same, and an operation that demands a token.
   *
   * @param operation method and path, such as {@code GET /accounts/**}
   * @throws IllegalArgumentException if it is no method and path, or has a rule already
   */
  public DemandRules on(String operation, Demands demands) {
    return with(operation, new Route.Guarded(demands));
  }

  /**
   * The same, and an operation that everybody may call without a token.
   *
   * @throws IllegalArgumentException if it is no method and path, or has a rule already
   */
  public DemandRules open(String operation) {
    return with(operation, OPEN);
  }

  /**
   * The same, but paths for which there is no rule reach the application without a check; for
   * applications that are more than an API. Such a path with another method than its rules' is
   * refused all the same.
   */
  public DemandRules othersPass() {
    return new DemandRules(rules, true);
  }

  private DemandRules with(String text, Route route) {
    Operation operation = Operation.parse(text);
    for (Rule rule : rules) {
      if (rule.operation.equals(operation)) {
        throw new IllegalArgumentException("there are two rules for " + operation);
      }
    }
    List<Rule> more = new ArrayList<>(rules);
    more.add(new Rule(operation, route));
    return new DemandRules(more, othersPass);
  }

  /**
   * The rule for a request.
   *
   * @param rawPath as received, percent-encoded, without the query
   */
  public Route of(String method, String rawPath) {
    List<String> path;
    try {
      path = PathSegments.of(rawPath);
    } catch (AmbiguousPath ambiguous) {
      return new Route.Ambiguous(ambiguous.getMessage());
    }
    Rule exact = closest(method, path, false);
    if (!Objects.equals(exact, closest(method, path, true))) {
      return OTHER_CASE;
    }
    if (exact != null) {
      return exact.route;
    }
    return othersPass && !isKnown(path) ? OPEN : UNKNOWN;
  }

  private Rule closest(String method, List<String> path, boolean ignoreCase) {
    Rule best = null;
    for (Rule rule : rules) {
      if (rule.operation.takes(method)
          && rule.operation.has(path, ignoreCase)
          && (best == null || rule.operation.isCloserThan(best.operation, method))) {
        best = rule;
      }
    }
    return best;
  }

  private boolean isKnown(List<String> path) {
    for (Rule rule : rules) {
      if (rule.operation.has(path, true)) {
        return true;
      }
    }
    return false;
  }
}
