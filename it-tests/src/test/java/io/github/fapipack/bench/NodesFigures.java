package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@link NodesSuite} has measured, and what it says of two nodes against one. */
final class NodesFigures {
  /** Flows of two nodes for one of a single node, at least. */
  private static final double TARGET = 1.7;

  /** What is measured in each round. */
  enum Way {
    ONE("one node"),
    STICKY("two, each client at one of them"),
    SPREAD("two, each request at the other one");

    private final String title;

    Way(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * One measurement.
   *
   * @param idle the part of the machine's time that nobody used
   */
  record Measured(Sample sample, double idle) {}

  /**
   * Two nodes against one: the median of the rounds and their range.
   *
   * @param flows in the same time
   * @param cpu processor time of the nodes for a flow
   */
  record Comparison(Way way, Ratio flows, Ratio cpu) {}

  private final double share;
  private final boolean limited;
  private final Map<Way, List<Measured>> rounds = new EnumMap<>(Way.class);

  /**
   * Nothing yet.
   *
   * @param share of a core that each node has
   * @param limited whether the machine keeps nodes to it
   */
  NodesFigures(double share, boolean limited) {
    this.share = share;
    this.limited = limited;
  }

  void add(Way way, Measured measured) {
    rounds.computeIfAbsent(way, none -> new ArrayList<>()).add(measured);
  }

  boolean limited() {
    return limited;
  }

  double share() {
    return share;
  }

  List<Measured> rounds(Way way) {
    return rounds.getOrDefault(way, List.of());
  }

  /** All rounds as one. */
  Sample sum(Way way) {
    return Sample.sum(rounds(way).stream().map(Measured::sample).toList());
  }

  /** The part of their share that the nodes used. */
  double used(Way way) {
    return sum(way).serverBusy() / (share * nodes(way));
  }

  static int nodes(Way way) {
    return way == Way.ONE ? 1 : 2;
  }

  List<Comparison> comparisons() {
    return List.of(compare(Way.STICKY), compare(Way.SPREAD));
  }

  private Comparison compare(Way way) {
    List<Double> flows = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int round = 0; round < rounds(way).size(); round++) {
      Sample two = rounds(way).get(round).sample();
      Sample one = rounds(Way.ONE).get(round).sample();
      cpu.add(two.cpuMillis() / one.cpuMillis());
      // Without limits nodes compete for the machine: then what a flow costs has to say it.
      flows.add(limited ? two.throughput() / one.throughput() : 2 / cpu.get(round));
    }
    return new Comparison(way, Ratio.of(flows), Ratio.of(cpu));
  }

  /** Whether the target is reached. */
  static String verdict(Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "%-6s  %.2f (%.2f to %.2f) times the flows of one node, target at least %.1f: %s;"
            + " a flow costs %.2f (%.2f to %.2f) of one node's",
        comparison.flows.median() >= TARGET ? "PASS" : "MISSED",
        comparison.flows.median(),
        comparison.flows.lowest(),
        comparison.flows.highest(),
        TARGET,
        comparison.way.title(),
        comparison.cpu.median(),
        comparison.cpu.lowest(),
        comparison.cpu.highest());
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("share", share).put("limited", limited);
    rounds.forEach(
        (way, measured) ->
            measured.forEach(
                one ->
                    FlowFiles.addTo(
                        json.withArray("/rounds")
                            .addObject()
                            .put("way", way.name().toLowerCase(Locale.ROOT))
                            .put("databaseCpuMillis", one.sample.databaseMillis())
                            .put("idle", one.idle),
                        one.sample)));
    comparisons()
        .forEach(
            one ->
                json.withArray("/comparisons")
                    .addObject()
                    .put("way", one.way.name().toLowerCase(Locale.ROOT))
                    .put("flows", one.flows.median())
                    .put("lowest", one.flows.lowest())
                    .put("highest", one.flows.highest())
                    .put("cpu", one.cpu.median())
                    .put("target", TARGET)
                    .put("passed", one.flows.median() >= TARGET));
    return json;
  }
}
