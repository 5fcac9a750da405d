package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The figures of {@link FlowSuite} for programs, and as a plot. */
final class FlowFiles {
  private final FlowFigures figures;

  FlowFiles(FlowFigures figures) {
    this.figures = figures;
  }

  /** Writes both, and returns their paths. */
  List<Path> write(Path folder, String name) throws IOException {
    Path json = folder.resolve(name + ".json");
    Files.writeString(json, Json.text(new FlowJson(figures).json()));
    Path svg = folder.resolve(name + ".svg");
    Files.writeString(svg, new FlowChart(figures).chart().svg());
    return List.of(json, svg);
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
}
