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
  private static final Duration WARM_UP = Duration.ofSeconds(4);

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
    one.addClients(settings.clientsPerNode(), new Rotation(one.nodes())::route);
    two.addClients(2 * settings.clientsPerNode(), rotation::route);
    ways.put(Way.ONE, () -> {});
    ways.put(Way.STICKY, () -> rotation.stick(true));
    ways.put(Way.SPREAD, () -> rotation.stick(false));
    return ways;
  }

  /** Without limits, because compilers would use up a small share. */
  private static void warmUp(
      Map<Way, Runnable> ways, BenchCluster one, BenchCluster two, BenchSettings settings) {
    long end = System.nanoTime() + settings.warmUp().toNanos();
    Map<Way, Sample> before = new EnumMap<>(Way.class);
    for (int round = 1; ; round++) {
      boolean steady = true;
      StringBuilder line = new StringBuilder("  warm-up " + round + ":");
      for (Way way : Way.values()) {
        ways.get(way).run();
        Sample sample = measure(way == Way.ONE ? one : two, WARM_UP).sample();
        Sample last = before.put(way, sample);
        steady &=
            last != null
                && Math.abs(sample.cpuMillis() / last.cpuMillis() - 1) <= DIFFERENCE
                && sample.compiling() <= COMPILING;
        line.append(
            String.format(
                Locale.ROOT,
                "  %s %.2f ms CPU per flow, compilers %.0f %%",
                way.name().toLowerCase(Locale.ROOT),
                sample.cpuMillis(),
                100 * sample.compiling()));
      }
      System.out.println(line);
      if (steady) {
        return;
      }
      if (System.nanoTime() > end) {
        System.out.println(
            "  not steady yet: figures are less certain, try -Dbench.warmup=10 (minutes)");
        return;
      }
    }
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
