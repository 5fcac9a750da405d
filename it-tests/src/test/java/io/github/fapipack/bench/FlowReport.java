package io.github.fapipack.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of {@link FlowSuite} for people. */
final class FlowReport {
  /** What others are compared with. */
  private static final List<Contender> REFERENCES =
      List.of(Contender.BUILT_IN, Contender.PEER, Contender.PEER_OPAQUE);

  private final FlowFigures figures;

  FlowReport(FlowFigures figures) {
    this.figures = figures;
  }

  void print(PrintStream out) {
    out.printf("%n%s%n%s%n", String.join(", ", figures.machine().values()), figures.cores());
    if (figures.clientsWereBusy()) {
      out.println("The clients had no time left now and then: throughput is too low, CPU is not.");
    }
    for (String java : figures.javaVersions()) {
      warmth(out, java);
      table(out, java);
      memory(out, java);
    }
    out.println();
    Verdict.of(figures).forEach(out::println);
  }

  private void warmth(PrintStream out, String java) {
    figures
        .warmUps()
        .get(java)
        .forEach(
            (contender, warmth) -> {
              if (!warmth.done()) {
                out.printf(
                    Locale.ROOT,
                    "Java %s: %s was NOT warm after %d rounds (compilers %.0f %%): too high%n",
                    java,
                    contender.title(),
                    warmth.rounds(),
                    100 * warmth.compiling());
              }
            });
  }

  private void memory(PrintStream out, String java) {
    out.println();
    for (FlowFigures.Server server : figures.servers()) {
      if (server.java().equals(java)) {
        out.printf(
            "%-18s %4d MB resident%s%n",
            server.contender().title(),
            server.memory().resident() >> 20,
            server.memory().live() == 0
                ? ""
                : ", " + (server.memory().live() >> 20) + " MB of live objects after the run");
      }
    }
  }

  private void table(PrintStream out, String java) {
    out.printf(
        "%nJava %s%n%-18s %7s %-5s %-18s %8s %7s %-15s %8s %7s %7s %7s %6s %7s",
        java,
        "",
        "clients",
        "",
        "",
        "per sec",
        "CPU ms",
        "(of all rounds)",
        "database",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "server",
        "clients");
    references().forEach(one -> out.printf(" %13s", "/ " + one.title()));
    out.println();
    for (FlowFigures.Key key : figures.samples().keySet()) {
      if (key.java().equals(java)) {
        out.println(line(key));
      }
    }
  }

  private String line(FlowFigures.Key key) {
    Sample sample = figures.total(key);
    Range cpu = Range.of(figures.rounds(key), Sample::cpuMillis);
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-18s %7d %-5s %-18s %8.1f %7.3f %-15s %8.3f %7.2f %7.2f %7.2f %4.0f %% %5.0f %%",
                key.operation().title(),
                key.clients(),
                key.algorithm(),
                key.contender().title(),
                sample.throughput(),
                sample.cpuMillis(),
                cpu.text(),
                sample.databaseMillis(),
                sample.latencyMillis(0.5),
                sample.latencyMillis(0.95),
                sample.latencyMillis(0.99),
                100 * sample.serverBusy(),
                100 * sample.clientsBusy()));
    references().forEach(one -> line.append(String.format(" %13s", ratio(key, one))));
    return line.toString();
  }

  private List<Contender> references() {
    List<Contender> present = new ArrayList<>(REFERENCES);
    present.retainAll(figures.contenders());
    return present;
  }

  private String ratio(FlowFigures.Key key, Contender reference) {
    return key.contender() == reference
        ? ""
        : Ratio.of(figures, List.of(key), List.of(key.of(reference)), Sample::cpuMillis)
            .map(ratio -> String.format(Locale.ROOT, "%.3f", ratio.median()))
            .orElse("");
  }
}
