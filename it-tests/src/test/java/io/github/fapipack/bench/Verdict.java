package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A figure with its target. */
record Verdict(String java, String question, Ratio ratio, double target, boolean atMost) {
  /** The most that a whole FAPI 2.0 flow may cost, relative to the built-in profile. */
  private static final double MOST_CPU = 1.05;

  /** Flows in the time of one with the algorithm that the built-in profile prefers. */
  private static final double LEAST_FLOWS = 1.45;

  /** 3.2 ms, on a scale on which a flow under the built-in profile takes 4.6 ms with ES256. */
  private static final double MOST_CPU_OF_ALL = 3.2 / 4.6;

  /** Compares whole flows, with any number of clients. */
  static List<Verdict> of(FlowFigures figures) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String java : figures.warmUps().keySet()) {
      for (String algorithm : figures.settings().algorithms()) {
        ratio(figures, java, algorithm, algorithm, 1, Sample::cpuMillis)
            .ifPresent(
                ratio ->
                    verdicts.add(
                        new Verdict(
                            java,
                            "server CPU per flow, pack / built-in, both " + algorithm,
                            ratio,
                            MOST_CPU,
                            true)));
      }
      // A single client waits most of the time, so it says nothing about the throughput.
      ratio(figures, java, "ES256", "PS256", 2, Sample::throughput)
          .ifPresent(
              ratio ->
                  verdicts.add(
                      new Verdict(
                          java,
                          "flows per second, pack with ES256 / built-in with PS256",
                          ratio,
                          LEAST_FLOWS,
                          false)));
      ratio(figures, java, "ES256", "ES256", 1, Sample::cpuMillis)
          .ifPresent(
              ratio ->
                  verdicts.add(
                      new Verdict(
                          java,
                          "the same with ES256, 3.2 ms where the built-in profile takes 4.6 ms",
                          ratio,
                          MOST_CPU_OF_ALL,
                          true)));
    }
    return verdicts;
  }

  boolean passed() {
    return atMost ? ratio.median() <= target : ratio.median() >= target;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-6s  %.3f (%.3f to %.3f), target %s %.3f: %s, Java %s",
        passed() ? "PASS" : "MISSED",
        ratio.median(),
        ratio.lowest(),
        ratio.highest(),
        atMost ? "at most" : "at least",
        target,
        question,
        java);
  }

  private static Optional<Ratio> ratio(
      FlowFigures figures,
      String java,
      String packAlgorithm,
      String builtInAlgorithm,
      int fewestClients,
      ToDoubleFunction<Sample> measure) {
    List<FlowFigures.Key> pack = new ArrayList<>();
    List<FlowFigures.Key> builtIn = new ArrayList<>();
    for (int clients : figures.settings().clients()) {
      if (clients >= fewestClients) {
        pack.add(new FlowFigures.Key(java, Operation.FLOW, clients, packAlgorithm, Contender.PACK));
        builtIn.add(
            new FlowFigures.Key(
                java, Operation.FLOW, clients, builtInAlgorithm, Contender.BUILT_IN));
      }
    }
    return Ratio.of(figures, pack, builtIn, measure);
  }
}
