package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bench.OpenLoad.Taken;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.server.ClusterNode;
import io.github.fapipack.it.server.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * The service level of Open Finance Brasil: 300 steps a second, most of them within 1.5 seconds,
 * without an error, while one of two nodes is restarted.
 */
final class ServiceLevelSuite implements BenchmarkSuite {
  private static final int RATE = 300;
  private static final int CLIENTS = 60;

  private static final String WARM_UP_MINUTES = "10";

  /**
   * A node that is told to stop says at once that it is not ready, and answers requests for this
   * long: balancers have to notice.
   */
  private static final String DELAY = "--shutdown-delay=10s";

  /** The part of the time after which a node is restarted. */
  private static final double MIDDLE = 0.4;

  @Override
  public String name() {
    return "service-level";
  }

  @Override
  public String question() {
    return "do two nodes hold 300 steps a second, P95 1.5 s and no error, while one is restarted?";
  }

  /** Takes too long to run without being chosen. */
  @Override
  public boolean isForEveryRun() {
    return false;
  }

  @Override
  public void run(Path folder) throws IOException {
    BenchSettings settings = BenchSettings.fromSystemProperties();
    Path work = OwnerOnly.folder(folder.toAbsolutePath().resolve(name()));
    Pki pki = Pki.create();
    int port = FreePort.find();
    URI address = URI.create("https://" + pki.host() + ":" + port);
    try (BenchCluster cluster = BenchCluster.start(name(), 2, address, pki, settings, DELAY);
        Balancer balancer = balancer(settings, work, port, pki, cluster)) {
      run(folder, cluster, balancer, settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Path folder, BenchCluster cluster, Balancer balancer, BenchSettings settings)
      throws IOException {
    cluster.addClients(CLIENTS, balancer::route);
    OpenLoad load = new OpenLoad(cluster.clients().stream().map(Journey::new).toList());
    int rate = settings.rate(RATE);
    new StepWarmUp(load, cluster.cost()).run(rate, settings.warmUp(WARM_UP_MINUTES));
    System.out.println(
        "  " + rate + " steps a second for " + settings.minutes().toSeconds() + " s");
    ServiceLevel level = measure(load, rate, cluster, balancer, settings.minutes());
    new ServiceLevelReport(level).print(System.out);
    ObjectNode json = level.json();
    json.set("machine", Json.tree(HttpSignatureSuite.machine()));
    Path file = folder.resolve(name() + ".json");
    Files.writeString(file, Json.text(json));
    System.out.println("\n" + file);
    if (!level.isHeld()) {
      throw new IllegalStateException("the service level is not held");
    }
  }

  private static ServiceLevel measure(
      OpenLoad load, int rate, BenchCluster cluster, Balancer balancer, Duration duration) {
    try (CpuLedger ledger = new CpuLedger(parties(cluster, balancer))) {
      Duration middle = Duration.ofNanos((long) (MIDDLE * duration.toNanos()));
      CompletableFuture<RollingRestart.Course> restart =
          restart(new RollingRestart(cluster, balancer, ledger.start(), middle));
      List<Taken> taken = load.run(rate, duration);
      return new ServiceLevel(rate, duration, balancer.title(), taken, restart.join(), ledger);
    }
  }

  private static Balancer balancer(
      BenchSettings settings, Path work, int port, Pki pki, BenchCluster cluster)
      throws IOException, InterruptedException {
    if (settings.nginx() && NginxBalancer.isThere()) {
      return new NginxBalancer(work, port, pki, cluster.nodes());
    }
    if (settings.nginx()) {
      System.out.println("  There is no nginx on the path: clients find the nodes themselves.");
    }
    return new ReadinessBalancer(cluster.nodes());
  }

  private static CompletableFuture<RollingRestart.Course> restart(RollingRestart restart) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return restart.call();
          } catch (IOException e) {
            throw new CompletionException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
          }
        });
  }

  private static Map<String, LongSupplier> parties(BenchCluster cluster, Balancer balancer) {
    Map<String, LongSupplier> parties = new LinkedHashMap<>();
    int number = 1;
    for (ClusterNode node : cluster.nodes()) {
      parties.put("node " + number++, new NodeCost(node)::cpu);
    }
    parties.put("PostgreSQL", cluster.database()::cpu);
    parties.put("nginx", balancer::cpu);
    parties.put("clients", new ProcessCost(ProcessHandle.current())::cpu);
    return parties;
  }
}
