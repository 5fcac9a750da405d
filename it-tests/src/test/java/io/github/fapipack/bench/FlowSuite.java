package io.github.fapipack.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measures whole flows and single requests against two Keycloak servers that take turns. */
final class FlowSuite implements BenchmarkSuite {
  @Override
  public String name() {
    return "flows";
  }

  @Override
  public String question() {
    return "what do FAPI 2.0 flows cost the server, beside Keycloak's built-in FAPI profile?";
  }

  @Override
  public void run(Path folder) throws IOException {
    BenchSettings settings = BenchSettings.fromSystemProperties();
    Cores cores = Cores.find();
    FlowFigures figures = new FlowFigures(settings, cores);
    for (Path javaHome : settings.javaHomes()) {
      measure(javaHome, settings, cores, figures);
    }
    cores.free();
    new FlowReport(figures).print(System.out);
    System.out.println();
    new FlowFiles(figures).write(folder, name()).forEach(System.out::println);
  }

  private static void measure(
      Path javaHome, BenchSettings settings, Cores cores, FlowFigures figures) {
    String java = JavaHomes.version(javaHome);
    System.out.println("\nServers with Java " + java);
    cores.free();
    try (BenchDatabase.Running builtInData = settings.database().start();
        BenchDatabase.Running packData = settings.database().start();
        MeasuredServer builtIn = start(Contender.BUILT_IN, javaHome, settings, builtInData);
        MeasuredServer pack = start(Contender.PACK, javaHome, settings, packData)) {
      List<MeasuredServer> servers = List.of(builtIn, pack);
      for (MeasuredServer server : servers) {
        prepare(server, settings);
      }
      figures.warmUp(java, new WarmUp(settings).run(servers));
      for (MeasuredServer server : servers) {
        cores.pinServer(server.keycloak().java());
      }
      cores.pinClients();
      for (int round = 0; round < settings.rounds(); round++) {
        round(java, round, servers, settings, figures);
      }
      for (MeasuredServer server : servers) {
        figures.memory(java, server.contender(), Memory.of(server));
      }
    }
  }

  private static MeasuredServer start(
      Contender contender, Path javaHome, BenchSettings settings, BenchDatabase.Running data) {
    return MeasuredServer.start(contender, javaHome, settings, contender.title(), data::of);
  }

  private static void prepare(MeasuredServer server, BenchSettings settings) {
    for (String algorithm : settings.algorithms()) {
      server.addRealm(
          algorithm, settings.baseline(), Math.max(WarmUp.CLIENTS, settings.mostClients()));
      Vigilance.check(server.realm(algorithm).clients(1).get(0));
    }
  }

  /** The first one finds a colder machine, so they change places. */
  private static void round(
      String java,
      int round,
      List<MeasuredServer> servers,
      BenchSettings settings,
      FlowFigures figures) {
    List<MeasuredServer> inTurn = new ArrayList<>(servers);
    if (round % 2 == 1) {
      Collections.reverse(inTurn);
    }
    for (int clients : settings.clients()) {
      for (Operation operation : settings.operations()) {
        for (String algorithm : settings.algorithms()) {
          for (MeasuredServer server : inTurn) {
            List<LoopingClient> looping = server.realm(algorithm).clients(clients);
            figures.add(
                new FlowFigures.Key(java, operation, clients, algorithm, server.contender()),
                server.loop().run(operation, looping, settings.span(operation)));
          }
        }
      }
    }
    System.out.println("  round " + (round + 1) + " of " + settings.rounds());
  }
}
