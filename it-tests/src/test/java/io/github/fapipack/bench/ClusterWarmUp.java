package io.github.fapipack.bench;

import io.github.fapipack.bench.NodesFigures.Measured;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Puts load on two clusters at the same time, without limits, which compilers would use up. */
final class ClusterWarmUp {
  private static final Duration ROUND = Duration.ofSeconds(10);

  /** Two rounds differ by less. */
  private static final double DIFFERENCE = 0.03;

  /** The compilers' part of the nodes' time with which it ends. */
  private static final double COMPILING = 0.05;

  private final BenchCluster one;
  private final BenchCluster two;

  ClusterWarmUp(BenchCluster one, BenchCluster two) {
    this.one = one;
    this.two = two;
  }

  /**
   * Runs until the results are steady.
   *
   * @param most time that it may take
   */
  void run(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    Sample[] before = new Sample[2];
    boolean steady = false;
    for (int round = 1; !steady && System.nanoTime() < end; round++) {
      CompletableFuture<Measured> ofOne = CompletableFuture.supplyAsync(() -> one.flows(ROUND));
      Sample[] now = {two.flows(ROUND).sample(), ofOne.join().sample()};
      System.out.printf(
          Locale.ROOT,
          "  warm-up %d:  two nodes %.2f ms CPU per flow, compilers %.0f %%  one %.2f ms, %.0f"
              + " %%%n",
          round,
          now[0].cpuMillis(),
          100 * now[0].compiling(),
          now[1].cpuMillis(),
          100 * now[1].compiling());
      steady = isSteady(before[0], now[0]) && isSteady(before[1], now[1]);
      before = now;
    }
    if (!steady) {
      System.out.println(
          "  not steady yet: compilers use a part of each node's share, and figures are too low;"
              + " try -Dbench.warmup=20 (minutes)");
    }
  }

  private static boolean isSteady(Sample before, Sample now) {
    return before != null
        && Math.abs(now.cpuMillis() / before.cpuMillis() - 1) <= DIFFERENCE
        && now.compiling() <= COMPILING;
  }
}
