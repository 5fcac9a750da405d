package io.github.fapipack.bench;

import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Keycloak with a realm for each algorithm. */
final class MeasuredKeycloak implements MeasuredServer {
  private final Contender contender;
  private final DistributionServer server;
  private final BenchDatabase.Running data;
  private ProcessCost cost;
  private ClosedLoop loop;
  private final Map<String, MeasuredRealm> realms = new LinkedHashMap<>();

  private MeasuredKeycloak(
      Contender contender, DistributionServer server, BenchDatabase.Running data) {
    this.contender = contender;
    this.server = server;
    this.data = data;
    attach();
  }

  private void attach() {
    cost = new ProcessCost(server.java());
    loop = new ClosedLoop(cost, data::cpu);
  }

  /**
   * Stops the server and starts it again with its data.
   *
   * @param startOptions in addition to those of the first start
   * @return the seconds of the start
   */
  double restart(String... startOptions) {
    double seconds = server.restart(List.of(startOptions), Progress.to(System.out));
    attach();
    return seconds;
  }

  /**
   * Starts the server; except for what makes it this contender, all servers have the same settings.
   */
  static MeasuredKeycloak start(Contender contender, Path javaHome, BenchSettings settings) {
    return start(contender, javaHome, settings, contender.title(), BenchDatabase.H2.start());
  }

  /**
   * Starts the server on a database.
   *
   * @param purpose for which the server has a folder of its own
   */
  static MeasuredKeycloak start(
      Contender contender,
      Path javaHome,
      BenchSettings settings,
      String purpose,
      BenchDatabase.Running data) {
    Harness harness = Harness.fromSystemProperties().withServerJavaHome(javaHome);
    ServerSettings plain =
        data.of(
            ServerSettings.onFreePorts(harness.workFolder("bench-" + purpose))
                .withBuildOptions(contender.buildOptions())
                .withEnvironment(settings.serverEnvironment(contender)));
    boolean pack = contender.hasPack();
    return new MeasuredKeycloak(
        contender,
        DistributionServer.start(
            pack
                ? harness.withJars(contender.jars()).withJars(settings.packJars())
                : harness.withoutPack(),
            pack ? plain.withStartOptions(settings.packOptions()) : plain,
            Progress.to(System.out)),
        data);
  }

  /** Processor time since the start, in seconds, without the compilers. */
  double cpuSeconds() {
    return (cost.cpu() - cost.compilers()) / 1e9;
  }

  @Override
  public Contender contender() {
    return contender;
  }

  DistributionServer keycloak() {
    return server;
  }

  @Override
  public ProcessHandle process() {
    return server.java();
  }

  @Override
  public ClosedLoop loop() {
    return loop;
  }

  void addRealm(String algorithm, Baseline baseline, int clients) {
    realms.put(algorithm, MeasuredRealm.create(server, contender, baseline, algorithm, clients));
  }

  MeasuredRealm realm(String algorithm) {
    return realms.get(algorithm);
  }

  @Override
  public List<LoopingClient> clients(String algorithm, int number) {
    return realm(algorithm).clients(number);
  }

  @Override
  public Memory memory() {
    return new Memory(cost.resident(), Memory.live(process().pid()));
  }

  @Override
  public void close() {
    server.close();
  }
}
