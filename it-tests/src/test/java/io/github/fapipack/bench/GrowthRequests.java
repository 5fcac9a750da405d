package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures the same requests against servers that differ only in how much is in their databases.
 * They run side by side and take turns.
 */
final class GrowthRequests {
  private static final List<Operation> OPERATIONS = List.of(Operation.FLOW, Operation.REFRESH);

  private final BenchSettings settings;
  private final Cores cores;

  GrowthRequests(BenchSettings settings, Cores cores) {
    this.settings = settings;
    this.cores = cores;
  }

  ObjectNode run() throws SQLException {
    int traffic = GrowthScale.senders();
    List<GrowthScale> scales = GrowthScale.fromSystemProperties(traffic);
    GrowthFigures figures = new GrowthFigures(scales, OPERATIONS, traffic);
    List<GrowthServer> servers = new ArrayList<>();
    try {
      for (GrowthScale scale : scales) {
        System.out.println("\n" + scale);
        servers.add(GrowthServer.start(scale, servers.size() + 1, settings, traffic));
      }
      measure(servers, figures);
    } finally {
      cores.free();
      servers.forEach(GrowthServer::close);
    }
    figures.print(System.out);
    return figures.json();
  }

  private void measure(List<GrowthServer> servers, GrowthFigures figures) {
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
