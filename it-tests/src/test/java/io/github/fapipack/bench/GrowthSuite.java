package io.github.fapipack.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures the same requests against servers with the pack that differ only in how much is in their
 * databases. They run side by side and take turns.
 */
final class GrowthSuite implements BenchmarkSuite {
  private static final List<Operation> OPERATIONS = List.of(Operation.FLOW, Operation.REFRESH);

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String question() {
    return "do requests cost more among many clients, users, grants and events?";
  }

  /** Takes too long to run without being chosen. */
  @Override
  public boolean isForEveryRun() {
    return false;
  }

  @Override
  public void run(Path folder) throws IOException {
    BenchSettings settings = BenchSettings.fromSystemProperties();
    int traffic = GrowthScale.number("traffic", 1000);
    List<GrowthScale> scales = GrowthScale.fromSystemProperties(traffic);
    Cores cores = Cores.find();
    GrowthFigures figures = new GrowthFigures(scales, OPERATIONS, traffic);
    List<GrowthServer> servers = new ArrayList<>();
    try {
      for (GrowthScale scale : scales) {
        System.out.println("\n" + scale);
        servers.add(
            GrowthServer.start(
                scale, servers.size() + 1, settings.javaHomes().get(0), settings, traffic));
      }
      measure(servers, settings, cores, figures);
    } catch (SQLException e) {
      throw new IOException("PostgreSQL refused a statement of this benchmark", e);
    } finally {
      cores.free();
      servers.forEach(GrowthServer::close);
    }
    System.out.printf(
        "%n%s%n%s%n", String.join(", ", HttpSignatureSuite.machine().values()), cores);
    figures.print(System.out);
    Path file = folder.resolve(name() + ".json");
    Files.writeString(file, figures.json(cores));
    System.out.println("\n" + file);
  }

  private static void measure(
      List<GrowthServer> servers, BenchSettings settings, Cores cores, GrowthFigures figures) {
    System.out.println();
    List<MeasuredServer> warming = new ArrayList<>();
    servers.forEach(server -> warming.add(server.server()));
    new WarmUp(settings).run(warming);
    for (GrowthServer server : servers) {
      cores.pinServer(server.server().process());
    }
    cores.pinClients();
    // The first round finds caches of database and server that traffic of others has filled.
    for (int round = 0; round <= settings.rounds(); round++) {
      List<GrowthServer> inTurn = new ArrayList<>(servers);
      if (round % 2 == 1) {
        Collections.reverse(inTurn);
      }
      for (Operation operation : OPERATIONS) {
        for (GrowthServer server : inTurn) {
          Sample sample = server.measure(operation, settings.span(operation));
          if (round > 0) {
            figures.add(server.scale(), operation, sample);
          }
        }
      }
      System.out.println("  round " + round + " of " + settings.rounds());
    }
  }
}
