package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bench.NodesFigures.Way;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.server.ClusterNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two nodes against one, each with the same share of a core, so that clients and PostgreSQL have
 * time left.
 */
final class NodesSuite implements BenchmarkSuite {
  /** What nodes announce; requests go to the nodes themselves. */
  private static final URI ADDRESS = URI.create("https://bank.example");

  /** A node of two gets half of the flows, so it takes longer than a server alone. */
  private static final String WARM_UP_MINUTES = "10";

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public String question() {
    return "how many flows do two nodes do in the time of one?";
  }

  /** Takes too long to run without being chosen. */
  @Override
  public boolean isForEveryRun() {
    return false;
  }

  @Override
  public void run(Path folder) throws IOException {
    BenchSettings settings = BenchSettings.fromSystemProperties();
    Pki pki = Pki.create();
    try (BenchCluster one = BenchCluster.start("one-node", 1, ADDRESS, pki, settings);
        BenchCluster two = BenchCluster.start("two-nodes", 2, ADDRESS, pki, settings)) {
      Map<Way, Runnable> ways = ways(one, two, settings);
      ways.get(Way.SPREAD).run();
      new ClusterWarmUp(one, two).run(settings.warmUp(WARM_UP_MINUTES));
      NodesFigures figures = measure(ways, one, two, settings);
      new NodesReport(figures).print(System.out);
      ObjectNode json = figures.json();
      json.set("machine", Json.tree(HttpSignatureSuite.machine()));
      Path file = folder.resolve(name() + ".json");
      Files.writeString(file, Json.text(json));
      System.out.println("\n" + file);
    }
  }

  /** How each way is chosen. */
  private static Map<Way, Runnable> ways(
      BenchCluster one, BenchCluster two, BenchSettings settings) {
    Map<Way, Runnable> ways = new EnumMap<>(Way.class);
    Rotation rotation = new Rotation(two.nodes());
    // A session belongs to the node at which it began.
    rotation.stick(true);
    one.addClients(settings.clientsPerNode(), new Rotation(one.nodes())::route);
    two.addClients(2 * settings.clientsPerNode(), rotation::route);
    ways.put(Way.ONE, () -> {});
    ways.put(Way.STICKY, () -> rotation.stick(true));
    ways.put(Way.SPREAD, () -> rotation.stick(false));
    return ways;
  }

  private static NodesFigures measure(
      Map<Way, Runnable> ways, BenchCluster one, BenchCluster two, BenchSettings settings) {
    List<CpuShare> shares = new ArrayList<>();
    try {
      boolean limited = limit(shares, one, settings) && limit(shares, two, settings);
      if (!limited) {
        // Better no node than some.
        shares.forEach(CpuShare::close);
        shares.clear();
      }
      NodesFigures figures = new NodesFigures(settings.share(), limited);
      for (int round = 0; round < settings.rounds(); round++) {
        List<Way> inTurn = new ArrayList<>(List.of(Way.values()));
        // The first one finds a colder machine, so they change places.
        Collections.rotate(inTurn, round);
        for (Way way : inTurn) {
          ways.get(way).run();
          figures.add(way, (way == Way.ONE ? one : two).flows(settings.span(Operation.FLOW)));
        }
        System.out.println("  round " + (round + 1) + " of " + settings.rounds());
      }
      return figures;
    } finally {
      shares.forEach(CpuShare::close);
    }
  }

  private static boolean limit(
      List<CpuShare> shares, BenchCluster cluster, BenchSettings settings) {
    for (ClusterNode node : cluster.nodes()) {
      Optional<CpuShare> share = CpuShare.of(node.java(), settings.share());
      share.ifPresent(shares::add);
      if (share.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
