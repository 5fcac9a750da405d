package io.github.fapipack.bench;

import io.github.fapipack.bench.OpenLoad.Taken;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A {@link ServiceLevel} as tables. */
final class ServiceLevelReport {
  private final ServiceLevel level;

  ServiceLevelReport(ServiceLevel level) {
    this.level = level;
  }

  void print(PrintStream out) {
    out.println("\n" + String.join(", ", HttpSignatureSuite.machine().values()));
    out.println("Balancer: " + level.balancer());
    out.printf("%n%-16s %s", "from second", StepTimes.heads());
    level.ledger().parties().forEach(party -> out.printf(" %11s", party));
    out.println("  (cores)");
    long line = level.line().toNanos();
    for (long from = 0; from < level.duration().toNanos(); from += line) {
      print(out, from, from + line);
    }
    out.printf("%n%-16s %s%n", "step", StepTimes.heads());
    for (Step step : Step.values()) {
      out.printf("%-16s %s%n", step.title(), level.times(one -> one.step() == step).columns());
    }
    out.printf("%-16s %s%n", "around restart", level.around().columns());
    out.printf("%-16s %s%n", "all", StepTimes.of(level.taken()).columns());
    printErrors(out);
    out.printf(
        Locale.ROOT,
        "%n%s  %.1f steps a second of %d, P95 %.0f ms of %.0f, %d errors%n",
        level.isHeld() ? "PASS" : "MISSED",
        level.reached(),
        level.rate(),
        StepTimes.of(level.taken()).millis(0.95),
        ServiceLevel.MOST_P95,
        StepTimes.of(level.taken()).errors() + level.restart().errors().size());
  }

  private void print(PrintStream out, long from, long to) {
    StepTimes times = level.times(one -> one.due() >= from && one.due() < to);
    out.printf("%-16d %s", TimeUnit.NANOSECONDS.toSeconds(from), times.columns());
    Arrays.stream(level.ledger().cores(from, to))
        .forEach(cores -> out.printf(Locale.ROOT, " %11.2f", cores));
    out.println();
  }

  /** Each error once, with how often and when it was first seen. */
  private void printErrors(PrintStream out) {
    Map<String, List<Taken>> errors =
        level.taken().stream()
            .filter(one -> one.error() != null)
            .collect(
                Collectors.groupingBy(
                    one -> one.step().title() + ": " + firstLines(one.error()),
                    TreeMap::new,
                    Collectors.toList()));
    errors.forEach(
        (error, all) ->
            out.printf(
                "%d times, first in second %d: %s%n",
                all.size(), TimeUnit.NANOSECONDS.toSeconds(all.get(0).due()), error));
    level.restart().errors().forEach(error -> out.println(firstLines(error)));
  }

  private static String firstLines(String error) {
    return error.lines().limit(2).collect(Collectors.joining(" "));
  }
}
