package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Keeps a server busy for twenty minutes, collects its garbage every minute, and fails if the
 * remaining memory grows. All users are logged out before each measurement, so that only leaks add
 * up; and requests come at a steady pace, because a server that becomes faster would otherwise keep
 * more short-lived data.
 */
final class MemorySuite implements BenchmarkSuite {
  private static final int INTERVALS = 20;

  /**
   * The number of minutes until short-lived data, such as the identifiers of proofs, are removed.
   */
  private static final int RUN_IN = 4;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String question() {
    return "does the memory of a server grow with its requests?";
  }

  /** Takes too long to run without being chosen. */
  @Override
  public boolean isForEveryRun() {
    return false;
  }

  @Override
  public void run(Path folder) throws IOException {
    BenchSettings settings = BenchSettings.fromSystemProperties();
    Map<String, String> machine = HttpSignatureSuite.machine();
    // Not H2, which runs in the server's process and whose cache grows with the data.
    try (BenchDatabase.Running postgres = BenchDatabase.POSTGRES.start();
        MeasuredKeycloak server =
            MeasuredKeycloak.start(
                Contender.PACK, settings.javaHomes().get(0), settings, name(), postgres)) {
      for (String algorithm : settings.algorithms()) {
        server.addRealm(algorithm, settings.baseline(), WarmUp.CLIENTS);
      }
      new WarmUp(settings).run(List.of(server));
      MemoryTrend trend = measure(server, settings);
      System.out.println("\n" + String.join(", ", machine.values()));
      System.out.println(trend);
      Path file = folder.resolve(name() + ".json");
      ObjectNode json = trend.json();
      json.set("machine", Json.tree(machine));
      Files.writeString(file, Json.text(json));
      System.out.println("\n" + file);
      if (trend.grows()) {
        throw new IllegalStateException("memory grows with requests");
      }
    }
  }

  private static MemoryTrend measure(MeasuredKeycloak server, BenchSettings settings) {
    List<MemoryTrend.Point> points = new ArrayList<>();
    long operations = 0;
    for (int interval = 1 - RUN_IN; interval <= INTERVALS; interval++) {
      for (String algorithm : settings.algorithms()) {
        operations += load(server.realm(algorithm), server, settings);
        server.realm(algorithm).logOut();
      }
      MemoryTrend.Point point = new MemoryTrend.Point(operations, server.memory());
      if (interval > 0) {
        points.add(point);
      }
      System.out.printf(
          Locale.ROOT,
          "  %2d of %d: %8d operations, %6.2f MB of live objects, %d MB resident%n",
          interval,
          INTERVALS,
          operations,
          point.memory().live() / MemoryTrend.MEGABYTE,
          point.memory().resident() >> 20);
      for (String algorithm : settings.algorithms()) {
        server.realm(algorithm).logIn();
      }
    }
    return new MemoryTrend(points);
  }

  /** Mostly flows, and some of all other operations. */
  private static long load(MeasuredRealm realm, MeasuredServer server, BenchSettings settings) {
    Duration span = settings.minutes().dividedBy((long) INTERVALS * settings.algorithms().size());
    Duration other = span.dividedBy(3L * Operation.values().length);
    long operations = 0;
    for (Operation operation : Operation.values()) {
      Duration share =
          operation == Operation.FLOW
              ? span.minus(other.multipliedBy(Operation.values().length - 1))
              : other;
      operations +=
          server
              .loop()
              .run(operation, realm.clients(WarmUp.CLIENTS), share, settings.pace(WarmUp.CLIENTS))
              .operations();
    }
    return operations;
  }
}
