package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bench.OpenLoad.Taken;
import io.github.fapipack.it.http.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run of {@link ServiceLevelSuite} gave, and whether that is the service level.
 *
 * @param taken all steps that were taken; those that nobody had time for are missing
 */
record ServiceLevel(
    int rate,
    Duration duration,
    String balancer,
    List<Taken> taken,
    RollingRestart.Course restart,
    CpuLedger ledger) {

  /** Milliseconds within which 95 % of all steps have to be answered. */
  private static final double MOST_P95 = 1500;

  /** Of the rate: less was not the load that was asked for. */
  private static final double LEAST_RATE = 0.99;

  private static final int LINES = 20;
  private static final Duration SHORTEST_LINE = Duration.ofSeconds(10);

  /** How long after a node is back its effect still counts as that of the restart. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(30);

  boolean isHeld() {
    StepTimes all = StepTimes.of(taken);
    return all.errors() == 0
        && restart.errors().isEmpty()
        && all.millis(0.95) < MOST_P95
        && reached() >= LEAST_RATE * rate;
  }

  /** Answered steps a second. */
  double reached() {
    StepTimes all = StepTimes.of(taken);
    return (all.steps() - all.errors()) * 1e9 / duration.toNanos();
  }

  private StepTimes around() {
    long end = restart.end() + AFTERWARDS.toNanos();
    return times(one -> one.due() >= restart.begin() && one.due() < end);
  }

  private StepTimes times(Predicate<Taken> which) {
    return StepTimes.of(taken.stream().filter(which).toList());
  }

  void print(PrintStream out) {
    out.println("\n" + String.join(", ", HttpSignatureSuite.machine().values()));
    out.println("Balancer: " + balancer);
    out.printf("%n%-16s %s", "from second", StepTimes.heads());
    ledger.parties().forEach(party -> out.printf(" %11s", party));
    out.println("  (cores)");
    long line = line().toNanos();
    for (long from = 0; from < duration.toNanos(); from += line) {
      print(out, from, from + line);
    }
    out.printf("%n%-16s %s%n", "step", StepTimes.heads());
    for (Step step : Step.values()) {
      out.printf("%-16s %s%n", step.title(), times(one -> one.step() == step).columns());
    }
    out.printf("%-16s %s%n", "around restart", around().columns());
    out.printf("%-16s %s%n", "all", StepTimes.of(taken).columns());
    printErrors(out);
    out.printf(
        Locale.ROOT,
        "%n%s  %.1f steps a second of %d, P95 %.0f ms of %.0f, %d errors%n",
        isHeld() ? "PASS" : "MISSED",
        reached(),
        rate,
        StepTimes.of(taken).millis(0.95),
        MOST_P95,
        StepTimes.of(taken).errors() + restart.errors().size());
  }

  private void print(PrintStream out, long from, long to) {
    StepTimes times = times(one -> one.due() >= from && one.due() < to);
    out.printf("%-16d %s", TimeUnit.NANOSECONDS.toSeconds(from), times.columns());
    Arrays.stream(ledger.cores(from, to))
        .forEach(cores -> out.printf(Locale.ROOT, " %11.2f", cores));
    out.println();
  }

  private Duration line() {
    Duration line = duration.dividedBy(LINES);
    return line.compareTo(SHORTEST_LINE) < 0 ? SHORTEST_LINE : line;
  }

  /** Each error once, with how often and when it was first seen. */
  private void printErrors(PrintStream out) {
    Map<String, List<Taken>> errors =
        taken.stream()
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
    restart.errors().forEach(error -> out.println(firstLines(error)));
  }

  private static String firstLines(String error) {
    return error.lines().limit(2).collect(Collectors.joining(" "));
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("rate", rate)
            .put("reached", reached())
            .put("seconds", duration.toSeconds())
            .put("balancer", balancer)
            .put("held", isHeld());
    StepTimes.of(taken).addTo(json.putObject("all"));
    around().addTo(json.putObject("aroundRestart"));
    for (Step step : Step.values()) {
      times(one -> one.step() == step).addTo(json.withObject("/steps").putObject(step.title()));
    }
    restart
        .events()
        .forEach(
            event ->
                json.withArray("/restart")
                    .addObject()
                    .put("second", TimeUnit.NANOSECONDS.toSeconds(event.nanos()))
                    .put("what", event.what()));
    restart.errors().forEach(json.withArray("/unfinishedErrors")::add);
    long line = line().toNanos();
    for (long from = 0; from < duration.toNanos(); from += line) {
      addLine(json.withArray("/lines").addObject(), from, from + line);
    }
    return json;
  }

  private void addLine(ObjectNode json, long from, long to) {
    times(one -> one.due() >= from && one.due() < to)
        .addTo(json.put("second", TimeUnit.NANOSECONDS.toSeconds(from)));
    double[] cores = ledger.cores(from, to);
    for (int i = 0; i < cores.length; i++) {
      json.withObject("/cores").put(ledger.parties().get(i), cores[i]);
    }
  }
}
