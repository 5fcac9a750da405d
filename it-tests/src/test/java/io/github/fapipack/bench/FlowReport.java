package io.github.fapipack.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of {@link FlowSuite} for people. */
final class FlowReport {
  private final FlowFigures figures;

  FlowReport(FlowFigures figures) {
    this.figures = figures;
  }

  void print(PrintStream out) {
    out.printf("%n%s%n%s%n", String.join(", ", figures.machine().values()), figures.cores());
    if (figures.clientsWereBusy()) {
      out.println("The clients had no time left now and then: throughput is too low, CPU is not.");
    }
    for (String java : figures.warmUps().keySet()) {
      table(out, java);
      for (FlowFigures.Server server : figures.servers()) {
        if (server.java().equals(java)) {
          out.printf(
              Locale.ROOT,
              "%-8s  %4d MB resident, %3d MB of live objects after the run%n",
              server.contender().title(),
              server.memory().resident() >> 20,
              server.memory().live() >> 20);
        }
      }
    }
    out.println();
    Verdict.of(figures).forEach(out::println);
  }

  private void table(PrintStream out, String java) {
    out.printf(
        "%nJava %s%n%-18s %7s %-5s %-8s %9s %9s %8s %8s %8s %7s %7s %7s%n",
        java, "", "clients", "", "", "per sec", "CPU ms", "p50 ms", "p95 ms", "p99 ms", "server",
        "clients", "pack/b.");
    for (Map.Entry<FlowFigures.Key, List<Sample>> cell : figures.samples().entrySet()) {
      if (cell.getKey().java().equals(java)) {
        line(out, cell.getKey(), Sample.sum(cell.getValue()));
      }
    }
  }

  private void line(PrintStream out, FlowFigures.Key key, Sample sample) {
    out.printf(
        Locale.ROOT,
        "%-18s %7d %-5s %-8s %9.1f %9.3f %8.2f %8.2f %8.2f %5.0f %% %5.0f %% %s%n",
        key.operation().title(),
        key.clients(),
        key.algorithm(),
        key.contender().title(),
        sample.throughput(),
        sample.cpuMillis(),
        sample.latencyMillis(0.5),
        sample.latencyMillis(0.95),
        sample.latencyMillis(0.99),
        100 * sample.serverBusy(),
        100 * sample.clientsBusy(),
        key.contender() == Contender.PACK ? ratio(key) : "");
  }

  private String ratio(FlowFigures.Key key) {
    return Ratio.of(figures, List.of(key), List.of(key.of(Contender.BUILT_IN)), Sample::cpuMillis)
        .map(ratio -> String.format(Locale.ROOT, "%7.3f", ratio.median()))
        .orElse("");
  }
}
