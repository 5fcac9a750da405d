package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a run has measured. */
final class FlowFigures {
  /** What was measured: one cell of the table. */
  record Key(String java, Operation operation, int clients, String algorithm, Contender contender) {
    Key of(Contender other) {
      return new Key(java, operation, clients, algorithm, other);
    }
  }

  /** A server after a run. */
  record Server(String java, Contender contender, Memory memory) {}

  /** Above this load, the clients limit the measurement. */
  private static final double BUSY = 0.9;

  // Read before anything is pinned, when all cores are visible.
  private final Map<String, String> machine = new LinkedHashMap<>(HttpSignatureSuite.machine());
  private final BenchSettings settings;
  private final Cores cores;
  private final Map<Key, List<Sample>> samples = new LinkedHashMap<>();
  private final List<Server> servers = new ArrayList<>();
  private final Map<String, Map<Contender, Warmth>> warmUps = new LinkedHashMap<>();

  FlowFigures(BenchSettings settings, Cores cores) {
    this.settings = settings;
    this.cores = cores;
    if (settings.contenders().stream().anyMatch(Contender::isPeer)) {
      PeerProgram.nodeVersion().ifPresent(version -> machine.put("node", "Node " + version));
    }
  }

  void add(Key key, Sample sample) {
    samples.computeIfAbsent(key, fresh -> new ArrayList<>()).add(sample);
  }

  void memory(String java, Contender contender, Memory memory) {
    servers.add(new Server(java, contender, memory));
  }

  void warmUp(String java, Map<Contender, Warmth> servers) {
    warmUps.put(java, servers);
  }

  Map<String, String> machine() {
    return machine;
  }

  /** Whether the clients limited what was measured. */
  boolean clientsWereBusy() {
    return samples.values().stream()
        .map(Sample::sum)
        .anyMatch(sample -> sample.clientsBusy() > BUSY);
  }

  BenchSettings settings() {
    return settings;
  }

  Cores cores() {
    return cores;
  }

  Map<Key, List<Sample>> samples() {
    return samples;
  }

  List<Server> servers() {
    return servers;
  }

  Map<String, Map<Contender, Warmth>> warmUps() {
    return warmUps;
  }

  List<String> javaVersions() {
    return List.copyOf(warmUps.keySet());
  }

  /** Those that were measured. */
  List<Contender> contenders() {
    return samples.keySet().stream().map(Key::contender).distinct().toList();
  }

  /** The rounds of a cell, in order; empty if it was not measured. */
  List<Sample> rounds(Key key) {
    return samples.getOrDefault(key, List.of());
  }

  /** All rounds of a cell as one; null if it was not measured. */
  Sample total(Key key) {
    return samples.containsKey(key) ? Sample.sum(samples.get(key)) : null;
  }
}
