package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bench.NodesFigures.Measured;
import io.github.fapipack.bench.NodesFigures.Way;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.server.ClusterNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Two nodes against one, each with the same share of a core, so that clients and PostgreSQL have
 * time left.
 */
final class NodesSuite implements BenchmarkSuite {
  /** What nodes announce; requests go to the nodes themselves. */
  private static final URI ADDRESS = URI.create("https://bank.example");

  /** Two measurements of a warm-up differ by less. */
  private static final double DIFFERENCE = 0.03;

  private static final double COMPILING = 0.05;
  private static final Duration WARM_UP = Duration.ofSeconds(10);

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
      warmUp(ways, one, two, settings);
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

  /** Of both clusters at the same time, and without limits, which compilers would use up. */
  private static void warmUp(
      Map<Way, Runnable> ways, BenchCluster one, BenchCluster two, BenchSettings settings) {
    long end = System.nanoTime() + settings.warmUp(WARM_UP_MINUTES).toNanos();
    ways.get(Way.SPREAD).run();
    Sample[] before = new Sample[2];
    boolean steady = false;
    for (int round = 1; !steady && System.nanoTime() < end; round++) {
      CompletableFuture<Measured> ofOne =
          CompletableFuture.supplyAsync(() -> measure(one, WARM_UP));
      Sample[] now = {measure(two, WARM_UP).sample(), ofOne.join().sample()};
      System.out.printf(
          Locale.ROOT,
          "  warm-up %d:  two nodes %.2f ms CPU per flow, compilers %.0f %%  one %.2f ms, %.0f"
              + " %%%n",
          round,
          now[0].cpuMillis(),
          100 * now[0].compiling(),
          now[1].cpuMillis(),
          100 * now[1].compiling());
      steady = isSteady(before[0], now[0]) && isSteady(before[1], now[1]);
      before = now;
    }
    if (!steady) {
      System.out.println(
          "  not steady yet: compilers use a part of each node's share, and figures are too low;"
              + " try -Dbench.warmup=20 (minutes)");
    }
  }

  private static boolean isSteady(Sample before, Sample now) {
    return before != null
        && Math.abs(now.cpuMillis() / before.cpuMillis() - 1) <= DIFFERENCE
        && now.compiling() <= COMPILING;
  }

  private static NodesFigures measure(
      Map<Way, Runnable> ways, BenchCluster one, BenchCluster two, BenchSettings settings) {
    List<CpuShare> shares = new ArrayList<>();
    try {
      boolean limited = limit(shares, one, settings) && limit(shares, two, settings);
      NodesFigures figures = new NodesFigures(settings.share(), limited);
      for (int round = 0; round < settings.rounds(); round++) {
        List<Way> inTurn = new ArrayList<>(List.of(Way.values()));
        // The first one finds a colder machine, so they change places.
        Collections.rotate(inTurn, round);
        for (Way way : inTurn) {
          ways.get(way).run();
          figures.add(way, measure(way == Way.ONE ? one : two, settings.span(Operation.FLOW)));
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

  private static Measured measure(BenchCluster cluster, Duration span) {
    MachineTime machine = MachineTime.now();
    Sample sample =
        new ClosedLoop(cluster.cost(), cluster.database()::cpu)
            .run(Operation.FLOW, cluster.clients(), span);
    return new Measured(sample, MachineTime.now().idleSince(machine));
  }
}
