package io.github.fapipack.bench;

import io.github.fapipack.bench.NodesFigures.Measured;
import io.github.fapipack.bench.NodesFigures.Way;
import java.io.PrintStream;
import java.util.Locale;

/** The figures of {@link NodesSuite} as a table. */
final class NodesReport {
  /** Of its share: a node that uses less waits for something else. */
  private static final double USED_UP = 0.9;

  private static final double IDLE = 0.05;

  private final NodesFigures figures;

  NodesReport(NodesFigures figures) {
    this.figures = figures;
  }

  void print(PrintStream out) {
    out.println("\n" + String.join(", ", HttpSignatureSuite.machine().values()));
    out.println(how());
    out.printf(
        "%n%-36s %9s %10s %12s %9s %9s %12s %6s%n",
        "", "flows/s", "CPU ms", "PostgreSQL", "P50 ms", "P95 ms", "share used", "idle");
    for (Way way : Way.values()) {
      print(out, way);
    }
    out.println();
    figures.comparisons().forEach(one -> out.println(NodesFigures.verdict(one)));
  }

  private String how() {
    return figures.limited()
        ? String.format(
            Locale.ROOT,
            "Each node has at most %.2f of a core, by the kernel's control groups; clients and"
                + " PostgreSQL have the rest.",
            figures.share())
        : "This machine lets nobody limit processes (control groups need root): two nodes compete"
            + " for its cores, so the flows of two nodes are computed from the processor time of"
            + " a flow, and say nothing of locks and waiting.";
  }

  private void print(PrintStream out, Way way) {
    Sample sum = figures.sum(way);
    double idle = figures.rounds(way).stream().mapToDouble(Measured::idle).average().orElse(0);
    out.printf(
        Locale.ROOT,
        "%-36s %9.1f %10.2f %12.2f %9.0f %9.0f %10.0f %% %4.0f %%%s%n",
        way.title(),
        sum.throughput(),
        sum.cpuMillis(),
        sum.databaseMillis(),
        sum.latencyMillis(0.5),
        sum.latencyMillis(0.95),
        100 * figures.used(way),
        100 * idle,
        doubts(way, idle));
  }

  /** Why a line may not show what the nodes can do. */
  private String doubts(Way way, double idle) {
    if (!figures.limited()) {
      return "";
    }
    if (idle < IDLE) {
      return "  the machine had no time left: try a smaller -Dbench.share";
    }
    return figures.used(way) < USED_UP ? "  the nodes did not need their share" : "";
  }
}
