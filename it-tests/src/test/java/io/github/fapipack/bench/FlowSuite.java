package io.github.fapipack.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures whole flows and single requests against servers that take turns. */
final class FlowSuite implements BenchmarkSuite {
  @Override
  public String name() {
    return "flows";
  }

  @Override
  public String question() {
    return "what do FAPI 2.0 flows cost the server, beside Keycloak's built-in profile and a peer?";
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
    try (Contest contest = Contest.start(javaHome, settings)) {
      figures.warmUp(java, new WarmUp(settings).run(contest.servers()));
      for (MeasuredServer server : contest.servers()) {
        cores.pinServer(server.process());
      }
      cores.pinClients();
      for (int round = 0; round < settings.rounds(); round++) {
        round(java, contest.inTurn(round), settings, figures);
        System.out.println("  round " + (round + 1) + " of " + settings.rounds());
      }
      for (MeasuredServer server : contest.servers()) {
        figures.memory(java, server.contender(), server.memory());
      }
    }
  }

  private static void round(
      String java, List<MeasuredServer> inTurn, BenchSettings settings, FlowFigures figures) {
    for (int clients : settings.clients()) {
      for (Operation operation : settings.operations()) {
        for (String algorithm : settings.algorithms()) {
          for (MeasuredServer server : inTurn) {
            if (server.contender().offers(operation)) {
              figures.add(
                  new FlowFigures.Key(java, operation, clients, algorithm, server.contender()),
                  server
                      .loop()
                      .run(
                          operation, server.clients(algorithm, clients), settings.span(operation)));
            }
          }
        }
      }
    }
  }
}
