package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lets all clients of the largest scale send flows, one after the other, and starts the server
 * again with larger caches. With a cache that holds fewer clients than send requests, each flow
 * reads its client from the database.
 */
final class GrowthSpread {
  /** Keycloak's defaults are 10,000 and 1,000; a client has several entries and one key set. */
  private static final int ENTRIES_FOR_A_KEY_SET = 10;

  private static final Duration MOST_WARM_UP = Duration.ofMinutes(3);

  private final BenchSettings settings;
  private final Cores cores;

  GrowthSpread(BenchSettings settings, Cores cores) {
    this.settings = settings;
    this.cores = cores;
  }

  ObjectNode run() throws SQLException {
    int traffic = GrowthScale.senders();
    GrowthScale scale = GrowthScale.ofMostClients(traffic);
    System.out.println("\n" + scale + ", all of them in turn");
    ObjectNode json = Json.object().put("clients", scale.clients());
    try (GrowthServer server = GrowthServer.start(scale, 0, settings, traffic)) {
      System.out.printf(
          "%n%-44s %9s %9s %9s %9s %9s %9s%n",
          "", "start s", "per sec", "CPU ms", "DB ms", "p95 ms", "live MB");
      for (int entries : sizes()) {
        cores.free();
        double seconds =
            server.restart(
                "--cache-embedded-realms-max-count=" + entries,
                "--cache-embedded-keys-max-count=" + entries / ENTRIES_FOR_A_KEY_SET);
        cores.pinServer(server.server().process());
        cores.pinClients();
        // Else each flow would be the first of its client, and find no cache filled.
        server.everyClient(Operation.CLIENT_CREDENTIALS).parallelStream()
            .forEach(TakingTurns::runAll);
        List<TakingTurns> all = server.everyClient(Operation.FLOW);
        server.measure("warm-up", all, warmUp());
        Sample sample =
            server.measure("flow", all, settings.span().multipliedBy(settings.rounds()));
        line(entries, seconds, sample, server.server().memory());
        add(json.withArray("/figures").addObject(), entries, seconds, sample);
      }
    } finally {
      cores.free();
    }
    return json;
  }

  /** A fixed time, as nothing is steady while caches fill. */
  private Duration warmUp() {
    return settings.warmUp().compareTo(MOST_WARM_UP) < 0 ? settings.warmUp() : MOST_WARM_UP;
  }

  private static List<Integer> sizes() {
    return Arrays.stream(BenchSettings.text("growth.caches", "10000,100000,600000").split(",", -1))
        .map(size -> Integer.valueOf(size.strip()))
        .toList();
  }

  private static void line(int entries, double seconds, Sample sample, Memory memory) {
    System.out.printf(
        Locale.ROOT,
        "--cache-embedded-realms-max-count=%-10d %9.1f %9.1f %9.3f %9.3f %9.1f %9d%n",
        entries,
        seconds,
        sample.throughput(),
        sample.cpuMillis(),
        sample.databaseMillis(),
        sample.latencyMillis(0.95),
        memory.live() >> 20);
  }

  private static void add(ObjectNode json, int entries, double seconds, Sample sample) {
    json.put("realmsMaxCount", entries)
        .put("startSeconds", seconds)
        .put("flows", sample.operations())
        .put("perSecond", sample.throughput())
        .put("serverCpuMillis", sample.cpuMillis())
        .put("databaseCpuMillis", sample.databaseMillis())
        .put("p95Millis", sample.latencyMillis(0.95));
  }
}
