package io.github.fapipack.bench;

import java.time.Duration;
import java.util.Locale;

/** Puts load on nodes until their compilers have little left to do. */
final class StepWarmUp {
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** The compilers' part of the nodes' time with which the whole rate is tried. */
  private static final double ALMOST_COMPILED = 0.2;

  /** The part with which the warm-up ends. */
  private static final double COMPILED = 0.05;

  private final OpenLoad load;
  private final ProcessCost nodes;

  StepWarmUp(OpenLoad load, ProcessCost nodes) {
    this.load = load;
    this.nodes = nodes;
  }

  /**
   * Begins at a third of the rate, because nodes that have just started are too slow for it.
   *
   * @param most time that it may take
   */
  void run(int rate, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    int now = rate / 3;
    double compiling = 1;
    while ((now < rate || compiling > COMPILED) && System.nanoTime() < end) {
      now = compiling < ALMOST_COMPILED ? rate : now;
      long cpu = nodes.cpu();
      long compilers = nodes.compilers();
      StepTimes times = StepTimes.of(load.run(now, WARM_UP));
      // A compiler thread that has ended is no longer counted.
      compiling = (double) Math.max(0, nodes.compilers() - compilers) / (nodes.cpu() - cpu);
      System.out.printf(
          Locale.ROOT,
          "  warm-up: %d steps a second, P95 %.0f ms, compilers take %.0f %% of the nodes' time%n",
          now,
          times.millis(0.95),
          100 * compiling);
    }
    if (compiling > COMPILED) {
      System.out.println("  the compilers are not done: figures are too high");
    }
  }
}
