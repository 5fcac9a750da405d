package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What {@link GrowthRequests} has measured: every cell is compared with that of the least data. */
final class GrowthFigures {
  /** The most that a request may cost the server, relative to the smallest scale. */
  private static final double MOST = 1.1;

  private record Key(GrowthScale scale, Operation operation) {}

  private final List<GrowthScale> scales;
  private final List<Operation> operations;
  private final int traffic;
  private final Map<Key, List<Sample>> samples = new LinkedHashMap<>();

  GrowthFigures(List<GrowthScale> scales, List<Operation> operations, int traffic) {
    this.scales = List.copyOf(scales);
    this.operations = List.copyOf(operations);
    this.traffic = traffic;
  }

  void add(GrowthScale scale, Operation operation, Sample sample) {
    samples.computeIfAbsent(new Key(scale, operation), fresh -> new ArrayList<>()).add(sample);
  }

  void print(PrintStream out) {
    for (Operation operation : operations) {
      out.printf(
          "%n%-60s %8s %9s %9s %9s%n",
          operation == Operation.REFRESH ? "refresh of a grant" : operation.title(),
          "senders",
          "per sec",
          "CPU ms",
          "DB ms");
      for (GrowthScale scale : scales) {
        line(out, new Key(scale, operation));
      }
    }
    out.printf(
        Locale.ROOT,
        "%nCPU ms and DB ms: processor time per operation of the server without its compilers, and"
            + " of PostgreSQL.%nRatios: to the first line in the same round, median (lowest to"
            + " highest), server and PostgreSQL; PASS: the server's is at most %.2f.%n",
        MOST);
  }

  private void line(PrintStream out, Key key) {
    Sample all = Sample.sum(samples.get(key));
    out.printf(
        Locale.ROOT,
        "%-60s %,8d %9.1f %9.3f %9.3f  %s%n",
        key.scale(),
        traffic,
        all.throughput(),
        all.cpuMillis(),
        all.databaseMillis(),
        key.scale().equals(scales.get(0)) ? "" : verdict(key));
  }

  private String verdict(Key key) {
    Ratio server = server(key);
    Ratio database = database(key);
    return String.format(
        Locale.ROOT,
        "%-6s x %.3f (%.3f to %.3f), DB x %.2f (%.2f to %.2f)",
        server.median() <= MOST ? "PASS" : "MISSED",
        server.median(),
        server.lowest(),
        server.highest(),
        database.median(),
        database.lowest(),
        database.highest());
  }

  /** For programs. */
  ObjectNode json() {
    ObjectNode json = Json.object().put("senders", traffic).put("atMost", MOST);
    samples.forEach(
        (key, rounds) -> {
          Sample all = Sample.sum(rounds);
          ObjectNode cell =
              json.withArray("/figures")
                  .addObject()
                  .put("operation", key.operation().title())
                  .put("clients", key.scale().clients())
                  .put("users", key.scale().users())
                  .put("grants", key.scale().grants())
                  .put("events", key.scale().events())
                  .put("operations", all.operations())
                  .put("perSecond", all.throughput())
                  .put("serverCpuMillis", all.cpuMillis())
                  .put("databaseCpuMillis", all.databaseMillis())
                  .put("serverBusy", all.serverBusy())
                  .put("clientsBusy", all.clientsBusy());
          addTo(cell.putObject("serverRatio"), server(key));
          addTo(cell.putObject("databaseRatio"), database(key));
          cell.put("passed", server(key).median() <= MOST);
        });
    return json;
  }

  private static void addTo(ObjectNode json, Ratio ratio) {
    json.put("median", ratio.median())
        .put("lowest", ratio.lowest())
        .put("highest", ratio.highest());
  }

  private Ratio server(Key key) {
    return ratio(key, Sample::cpuMillis);
  }

  private Ratio database(Key key) {
    return ratio(key, Sample::databaseMillis);
  }

  /** Of a cell to that of the smallest scale, round by round. */
  private Ratio ratio(Key key, ToDoubleFunction<Sample> measure) {
    List<Sample> ones = samples.get(key);
    List<Sample> others = samples.get(new Key(scales.get(0), key.operation()));
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ones.size(); round++) {
      ratios.add(measure.applyAsDouble(ones.get(round)) / measure.applyAsDouble(others.get(round)));
    }
    return Ratio.of(ratios);
  }
}
