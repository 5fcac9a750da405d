package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bench.OpenLoad.Taken;
import io.github.fapipack.it.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

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
  static final double MOST_P95 = 1500;

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

  /** From when the node was told to stop until a while after it was ready again. */
  StepTimes around() {
    long end = restart.end() + AFTERWARDS.toNanos();
    return times(one -> one.due() >= restart.begin() && one.due() < end);
  }

  StepTimes times(Predicate<Taken> which) {
    return StepTimes.of(taken.stream().filter(which).toList());
  }

  /** The time that one line of a table covers. */
  Duration line() {
    Duration line = duration.dividedBy(LINES);
    return line.compareTo(SHORTEST_LINE) < 0 ? SHORTEST_LINE : line;
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
