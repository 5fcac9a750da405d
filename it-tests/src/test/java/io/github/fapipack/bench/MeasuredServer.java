package io.github.fapipack.bench;

import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One of the two servers, with a realm for each algorithm. */
final class MeasuredServer implements AutoCloseable {
  private final Contender contender;
  private final DistributionServer server;
  private final ProcessCost cost;
  private final ClosedLoop loop;
  private final Map<String, MeasuredRealm> realms = new LinkedHashMap<>();

  private MeasuredServer(Contender contender, DistributionServer server) {
    this.contender = contender;
    this.server = server;
    this.cost = new ProcessCost(server.java());
    this.loop = new ClosedLoop(cost);
  }

  /**
   * Starts the server; except for the pack and its options, both servers have the same settings.
   */
  static MeasuredServer start(Contender contender, Path javaHome, BenchSettings settings) {
    return start(contender, javaHome, settings, contender.title(), plain -> plain);
  }

  /**
   * Starts the server with settings of a benchmark's own.
   *
   * @param purpose for which the server has a folder of its own
   */
  static MeasuredServer start(
      Contender contender,
      Path javaHome,
      BenchSettings settings,
      String purpose,
      UnaryOperator<ServerSettings> own) {
    Harness harness = Harness.fromSystemProperties().withServerJavaHome(javaHome);
    ServerSettings plain =
        own.apply(
            ServerSettings.onFreePorts(harness.workFolder("bench-" + purpose))
                .withEnvironment(settings.serverEnvironment(contender)));
    boolean pack = contender == Contender.PACK;
    return new MeasuredServer(
        contender,
        DistributionServer.start(
            pack ? harness.withJars(settings.packJars()) : harness.withoutPack(),
            pack ? plain.withStartOptions(settings.packOptions()) : plain,
            Progress.to(System.out)));
  }

  Contender contender() {
    return contender;
  }

  DistributionServer keycloak() {
    return server;
  }

  ProcessCost cost() {
    return cost;
  }

  ClosedLoop loop() {
    return loop;
  }

  void addRealm(String algorithm, Baseline baseline, int clients) {
    realms.put(algorithm, MeasuredRealm.create(server, contender, baseline, algorithm, clients));
  }

  MeasuredRealm realm(String algorithm) {
    return realms.get(algorithm);
  }

  @Override
  public void close() {
    server.close();
  }
}
