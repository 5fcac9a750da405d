package io.github.fapipack.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The settings {@code -Dbench.…}.
 *
 * @param contenders of which only those take part that this machine can run
 * @param operations which always include whole flows
 * @param rounds each of which measures everything once
 * @param span of one measurement of whole flows; single requests get a part of it
 * @param warmUp the most time that a warm-up may take
 * @param heap of each server, in the format of {@code -Xmx}
 */
record BenchSettings(
    List<Contender> contenders,
    List<Path> javaHomes,
    List<String> algorithms,
    List<Operation> operations,
    List<Integer> clients,
    int rounds,
    Duration span,
    Duration warmUp,
    Duration minutes,
    Baseline baseline,
    BenchDatabase database,
    String heap) {

  private static final int SHORTER = 3;

  BenchSettings {
    if (!operations.contains(Operation.FLOW)) {
      throw new IllegalArgumentException(
          "-Dbench.operations must have flow among them: the warm-up is judged by it");
    }
  }

  static BenchSettings fromSystemProperties() {
    return new BenchSettings(
        list(
                "contenders",
                "built-in,built-in-tuned,pack,pack-native,pack-tuned,pack-memory,peer,peer-opaque")
            .map(Contender::of)
            .toList(),
        list("java", System.getProperty("server.java.home", System.getProperty("java.home")))
            .map(JavaHomes::find)
            .toList(),
        list("algorithms", "PS256,ES256").toList(),
        list("operations", "flow,refresh,client_credentials,introspection,userinfo")
            .map(name -> Operation.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList(),
        list("clients", "1,4,16").map(Integer::valueOf).toList(),
        Integer.parseInt(text("rounds", "5")),
        Duration.ofMillis((long) (1000 * Double.parseDouble(text("seconds", "2")))),
        minutes("warmup", "12"),
        minutes("minutes", "20"),
        Baseline.valueOf(text("baseline", "fresh").toUpperCase(Locale.ROOT)),
        BenchDatabase.valueOf(text("database", "postgres").toUpperCase(Locale.ROOT)),
        text("heap", "512m"));
  }

  /**
   * For how long an operation is measured at a time; flows, for which there are targets, get most
   * of it.
   */
  Duration span(Operation operation) {
    return operation == Operation.FLOW ? span : span.dividedBy(SHORTER);
  }

  /** The time between two starts of each client if they work at a steady pace. */
  Duration pace(int howMany) {
    return Duration.ofNanos((long) (1e9 * howMany / Double.parseDouble(text("rate", "60"))));
  }

  /** The same for one algorithm alone. */
  BenchSettings with(String algorithm) {
    return new BenchSettings(
        contenders,
        javaHomes,
        List.of(algorithm),
        operations,
        clients,
        rounds,
        span,
        warmUp,
        minutes,
        baseline,
        database,
        heap);
  }

  /** Steps a second, of all clients together. */
  int rate(int usual) {
    return Integer.parseInt(text("rate", Integer.toString(usual)));
  }

  /** Whether the system's nginx stands in front of a cluster that is restarted. */
  boolean nginx() {
    return text("balancer", "readiness").equals("nginx");
  }

  /** The most time that a warm-up may take, where three minutes are not the usual one. */
  Duration warmUp(String usualMinutes) {
    return minutes("warmup", usualMinutes);
  }

  /** Clients at the same time for each node of a cluster. */
  int clientsPerNode() {
    return Integer.parseInt(text("clients-per-node", "8"));
  }

  /** The part of a core that each of the compared nodes has. */
  double share() {
    return Double.parseDouble(text("share", "0.4"));
  }

  /** The largest number of clients that work at the same time. */
  int mostClients() {
    return clients.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /** A heap of fixed size, equal to the maximum in Keycloak's own script. */
  Map<String, String> serverEnvironment(Contender contender) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_OPTS_KC_HEAP", "-Xms" + heap + " -Xmx" + heap);
    List<String> jvm = new ArrayList<>(contender.jvmOptions());
    if (contender.hasPack()) {
      jvm.add(text("pack.jvm", ""));
    }
    environment.put("JAVA_OPTS_APPEND", String.join(" ", jvm).strip());
    return environment;
  }

  /** Start options for servers with the pack only, separated by spaces. */
  String[] packOptions() {
    return text("pack.options", "").isEmpty()
        ? new String[0]
        : text("pack.options", "").split("\\s+", -1);
  }

  /** JARs in addition to the pack's, to measure their effect. */
  List<Path> packJars() {
    return list("pack.jars", "").map(Path::of).toList();
  }

  private static Stream<String> list(String name, String fallback) {
    return Arrays.stream(text(name, fallback).split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty());
  }

  private static Duration minutes(String name, String fallback) {
    return Duration.ofMillis((long) (60_000 * Double.parseDouble(text(name, fallback))));
  }

  static String text(String name, String fallback) {
    String value = System.getProperty("bench." + name, "").strip();
    return value.isEmpty() ? fallback : value;
  }
}
