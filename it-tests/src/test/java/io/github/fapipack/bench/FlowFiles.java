package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    figures
        .warmUps()
        .forEach(
            (java, servers) ->
                servers.forEach(
                    (contender, warmth) ->
                        json.withArray("/warmUps")
                            .addObject()
                            .put("java", java)
                            .put("server", contender.title())
                            .put("rounds", warmth.rounds())
                            .put("compilersDone", warmth.done())));
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
          .put("algorithm", verdict.algorithm())
          .put("question", verdict.target().question())
          .put("ratio", verdict.ratio().median())
          .put("lowest", verdict.ratio().lowest())
          .put("highest", verdict.ratio().highest())
          .put("atMost", verdict.target().most())
          .put("passed", verdict.passed());
    }
    return json;
  }

  /** Adds the members of a sample. */
  static void addTo(ObjectNode json, Sample sample) {
    json.put("operations", sample.operations())
        .put("perSecond", sample.throughput())
        .put("serverCpuMillis", sample.cpuMillis())
        .put("databaseCpuMillis", sample.databaseMillis())
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
            figures.contenders().stream().map(Contender::title).toList(),
            "ms");
    for (String java : figures.javaVersions()) {
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
        groups.add(
            new BarChart.Group(
                algorithm + ", " + clients + (clients == 1 ? " client" : " clients"),
                figures.contenders().stream()
                    .map(one -> new FlowFigures.Key(java, operation, clients, algorithm, one))
                    .map(this::bar)
                    .toList()));
      }
    }
    return groups;
  }

  /** With the range of its rounds; empty if it was not measured. */
  private Optional<BarChart.Bar> bar(FlowFigures.Key key) {
    return Optional.ofNullable(figures.total(key))
        .map(
            total ->
                new BarChart.Bar(
                    total.cpuMillis(), Range.of(figures.rounds(key), Sample::cpuMillis).text()));
  }
}
