package io.github.fapipack.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts load on servers in turns until their compilers are done: until two rounds differ by little,
 * and the compilers, which share the server's core, take next to nothing.
 */
final class WarmUp {
  private static final Duration FLOWS = Duration.ofMillis(2500);
  private static final Duration OTHERS = Duration.ofMillis(400);
  private static final double DIFFERENCE = 0.03;
  private static final double COMPILING = 0.03;
  private static final int MOST = 12;

  private final List<String> algorithms;
  private final int clients;
  private final Map<Contender, List<Sample>> history = new EnumMap<>(Contender.class);

  WarmUp(List<String> algorithms, int clients) {
    this.algorithms = algorithms;
    this.clients = clients;
  }

  /** Returns how many rounds it took; the last ones, if it was given up, are printed as well. */
  int run(List<MeasuredServer> servers) {
    for (int round = 1; round <= MOST; round++) {
      boolean steady = true;
      StringBuilder line = new StringBuilder("  warm-up " + round + ":");
      for (MeasuredServer server : servers) {
        Sample sample = load(server);
        List<Sample> earlier =
            history.computeIfAbsent(server.contender(), contender -> new ArrayList<>());
        steady &= !earlier.isEmpty() && isSteady(earlier.get(earlier.size() - 1), sample);
        earlier.add(sample);
        line.append(
            String.format(
                Locale.ROOT,
                "  %s %.2f ms CPU per flow, %.0f %% of it compiling",
                server.contender().title(),
                sample.cpuMillis(),
                100 * sample.compiling()));
      }
      System.out.println(line);
      if (steady) {
        return round;
      }
    }
    System.out.println("  still not steady: figures are too high, and noisy");
    return MOST;
  }

  private Sample load(MeasuredServer server) {
    List<Sample> flows = new ArrayList<>();
    for (String algorithm : algorithms) {
      List<LoopingClient> looping = server.realm(algorithm).clients(clients);
      for (Operation operation : Operation.values()) {
        Sample sample =
            server.loop().run(operation, looping, operation == Operation.FLOW ? FLOWS : OTHERS);
        if (operation == Operation.FLOW) {
          flows.add(sample);
        }
      }
    }
    return Sample.sum(flows);
  }

  private static boolean isSteady(Sample before, Sample now) {
    return now.compiling() < COMPILING
        && Math.abs(now.cpuMillis() / before.cpuMillis() - 1) < DIFFERENCE;
  }
}
