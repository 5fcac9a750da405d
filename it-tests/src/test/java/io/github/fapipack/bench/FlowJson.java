package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of {@link FlowSuite} as JSON. */
final class FlowJson {
  private final FlowFigures figures;
  private final ObjectNode json = Json.object();

  FlowJson(FlowFigures figures) {
    this.figures = figures;
  }

  ObjectNode json() {
    json.set("machine", Json.tree(figures.machine()));
    json.put("pinning", figures.cores().toString());
    settings(figures.settings());
    figures.warmUps().forEach(this::warmUps);
    figures.samples().forEach(this::cell);
    figures.servers().forEach(this::memory);
    Verdict.of(figures).forEach(this::verdict);
    return json;
  }

  private void settings(BenchSettings settings) {
    json.putObject("settings")
        .put("baseline", settings.baseline().name().toLowerCase(Locale.ROOT))
        .put("heap", settings.heap())
        .put("rounds", settings.rounds())
        .put("seconds", settings.span().toMillis() / 1000.0);
  }

  private void warmUps(String java, Map<Contender, Warmth> servers) {
    servers.forEach(
        (contender, warmth) ->
            json.withArray("/warmUps")
                .addObject()
                .put("java", java)
                .put("server", contender.title())
                .put("rounds", warmth.rounds())
                .put("done", warmth.done()));
  }

  private void cell(FlowFigures.Key key, List<Sample> rounds) {
    ObjectNode cell =
        json.withArray("/figures")
            .addObject()
            .put("java", key.java())
            .put("operation", key.operation().title())
            .put("clients", key.clients())
            .put("algorithm", key.algorithm())
            .put("server", key.contender().title());
    FlowFiles.addTo(cell, Sample.sum(rounds));
    rounds.forEach(
        round ->
            cell.withArray("/rounds")
                .addObject()
                .put("serverCpuMillis", round.cpuMillis())
                .put("databaseCpuMillis", round.databaseMillis())
                .put("compiling", round.compiling()));
  }

  private void memory(FlowFigures.Server server) {
    json.withArray("/memory")
        .addObject()
        .put("java", server.java())
        .put("server", server.contender().title())
        .put("residentBytes", server.memory().resident())
        .put("liveBytes", server.memory().live());
  }

  private void verdict(Verdict verdict) {
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
}
