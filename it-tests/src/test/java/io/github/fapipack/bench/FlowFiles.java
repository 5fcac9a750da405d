package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The figures of {@link FlowSuite} for programs, and as a plot. */
final class FlowFiles {
  private final FlowFigures figures;

  FlowFiles(FlowFigures figures) {
    this.figures = figures;
  }

  /** Writes both, and returns their paths. */
  List<Path> write(Path folder, String name) throws IOException {
    Path json = folder.resolve(name + ".json");
    Files.writeString(json, Json.text(json()));
    Path svg = folder.resolve(name + ".svg");
    Files.writeString(svg, chart().svg());
    return List.of(json, svg);
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    json.set("machine", Json.tree(figures.machine()));
    json.put("pinning", figures.cores().toString());
    BenchSettings settings = figures.settings();
    json.putObject("settings")
        .put("baseline", settings.baseline().name().toLowerCase(Locale.ROOT))
        .put("heap", settings.heap())
        .put("rounds", settings.rounds())
        .put("seconds", settings.span().toMillis() / 1000.0);
    json.set("warmUpRounds", Json.tree(figures.warmUps()));
    figures
        .samples()
        .forEach(
            (key, rounds) -> {
              ObjectNode cell =
                  json.withArray("/figures")
                      .addObject()
                      .put("java", key.java())
                      .put("operation", key.operation().title())
                      .put("clients", key.clients())
                      .put("algorithm", key.algorithm())
                      .put("server", key.contender().title());
              addTo(cell, Sample.sum(rounds));
              rounds.forEach(round -> addTo(cell.withArray("/rounds").addObject(), round));
            });
    for (FlowFigures.Server server : figures.servers()) {
      json.withArray("/memory")
          .addObject()
          .put("java", server.java())
          .put("server", server.contender().title())
          .put("residentBytes", server.memory().resident())
          .put("liveBytes", server.memory().live());
    }
    for (Verdict verdict : Verdict.of(figures)) {
      json.withArray("/targets")
          .addObject()
          .put("java", verdict.java())
          .put("question", verdict.question())
          .put("ratio", verdict.ratio().median())
          .put("lowest", verdict.ratio().lowest())
          .put("highest", verdict.ratio().highest())
          .put(verdict.atMost() ? "atMost" : "atLeast", verdict.target())
          .put("passed", verdict.passed());
    }
    return json;
  }

  /** Adds the members of a sample. */
  static void addTo(ObjectNode json, Sample sample) {
    json.put("operations", sample.operations())
        .put("perSecond", sample.throughput())
        .put("serverCpuMillis", sample.cpuMillis())
        .put("p50Millis", sample.latencyMillis(0.5))
        .put("p95Millis", sample.latencyMillis(0.95))
        .put("p99Millis", sample.latencyMillis(0.99))
        .put("serverBusy", sample.serverBusy())
        .put("clientsBusy", sample.clientsBusy())
        .put("compiling", sample.compiling());
  }

  private BarChart chart() {
    BarChart chart =
        new BarChart(
            "Server CPU per operation: less is better",
            List.of("Keycloak, built-in FAPI profile", "Keycloak with the FAPI Pack"),
            "ms");
    for (String java : figures.warmUps().keySet()) {
      for (Operation operation : figures.settings().operations()) {
        chart.panel(
            (operation == Operation.FLOW ? "whole flow" : operation.title()) + ", Java " + java,
            groups(java, operation));
      }
    }
    return chart;
  }

  private List<BarChart.Group> groups(String java, Operation operation) {
    List<BarChart.Group> groups = new ArrayList<>();
    for (String algorithm : figures.settings().algorithms()) {
      for (int clients : figures.settings().clients()) {
        FlowFigures.Key pack =
            new FlowFigures.Key(java, operation, clients, algorithm, Contender.PACK);
        FlowFigures.Key builtIn = pack.of(Contender.BUILT_IN);
        Ratio.of(figures, List.of(pack), List.of(builtIn), Sample::cpuMillis)
            .ifPresent(
                ratio ->
                    groups.add(
                        new BarChart.Group(
                            algorithm + ", " + clients + (clients == 1 ? " client" : " clients"),
                            Arrays.asList(
                                figures.total(builtIn).cpuMillis(),
                                figures.total(pack).cpuMillis()),
                            String.format(Locale.ROOT, "(\u00d7 %.2f)", ratio.median()))));
      }
    }
    return groups;
  }
}
