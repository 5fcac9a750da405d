package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A figure with its target.
 *
 * @param ratio over all numbers of clients
 */
record Verdict(String java, String algorithm, Target target, Ratio ratio) {

  /** Of all targets whose contenders were measured. */
  static List<Verdict> of(FlowFigures figures) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String java : figures.javaVersions()) {
      for (String algorithm : figures.settings().algorithms()) {
        for (Target target : Target.ALL) {
          ratio(figures, java, algorithm, target)
              .map(ratio -> new Verdict(java, algorithm, target, ratio))
              .ifPresent(verdicts::add);
        }
      }
    }
    return verdicts;
  }

  boolean passed() {
    return ratio.median() <= target.most();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-6s  %.3f (%.3f to %.3f), target at most %.2f: %s, both %s, Java %s",
        passed() ? "PASS" : "MISSED",
        ratio.median(),
        ratio.lowest(),
        ratio.highest(),
        target.most(),
        target.question(),
        algorithm,
        java);
  }

  private static Optional<Ratio> ratio(
      FlowFigures figures, String java, String algorithm, Target target) {
    List<FlowFigures.Key> first = new ArrayList<>();
    List<FlowFigures.Key> second = new ArrayList<>();
    for (int clients : figures.settings().clients()) {
      FlowFigures.Key key =
          new FlowFigures.Key(java, target.operation(), clients, algorithm, target.contender());
      first.add(key);
      second.add(key.of(target.reference()));
    }
    return Ratio.of(figures, first, second, Sample::cpuMillis);
  }
}
