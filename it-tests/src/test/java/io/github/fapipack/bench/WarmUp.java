package io.github.fapipack.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Puts load on both servers at the same time until their compilers have little left to do: until
 * two rounds differ by little, and the compilers, which will share the server's core, use almost no
 * time.
 */
final class WarmUp {
  /** At the same time, at each server. */
  static final int CLIENTS = 4;

  private static final Duration FLOWS = Duration.ofSeconds(4);
  private static final Duration OTHERS = Duration.ofMillis(500);
  private static final double DIFFERENCE = 0.03;
  private static final double COMPILING = 0.05;

  private final BenchSettings settings;

  WarmUp(BenchSettings settings) {
    this.settings = settings;
  }

  /** Runs until the results are steady or the time is up; returns the number of rounds. */
  int run(List<MeasuredServer> servers) {
    long end = System.nanoTime() + settings.warmUp().toNanos();
    List<Sample> before = round(servers);
    for (int round = 1; ; round++) {
      print(round, servers, before);
      if (System.nanoTime() > end) {
        System.out.println(
            "  not steady yet: figures are too high, try -Dbench.warmup=10 (minutes)");
        return round;
      }
      List<Sample> now = round(servers);
      if (areSteady(before, now)) {
        print(round + 1, servers, now);
        return round + 1;
      }
      before = now;
    }
  }

  /** The flows of each server in a mixture of everything. */
  private List<Sample> round(List<MeasuredServer> servers) {
    ExecutorService threads = Executors.newFixedThreadPool(servers.size());
    try {
      List<Callable<Sample>> loads = new ArrayList<>();
      servers.forEach(server -> loads.add(() -> load(server)));
      List<Sample> samples = new ArrayList<>();
      for (Future<Sample> one : threads.invokeAll(loads)) {
        samples.add(one.get());
      }
      return samples;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the warm-up failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Sample load(MeasuredServer server) {
    List<Sample> flows = new ArrayList<>();
    for (String algorithm : settings.algorithms()) {
      List<LoopingClient> looping = server.clients(algorithm, CLIENTS);
      for (Operation operation : settings.operations()) {
        boolean flow = operation == Operation.FLOW;
        Sample sample = server.loop().run(operation, looping, flow ? FLOWS : OTHERS);
        if (flow) {
          flows.add(sample);
        }
      }
    }
    return Sample.sum(flows);
  }

  private static boolean areSteady(List<Sample> before, List<Sample> now) {
    for (int i = 0; i < now.size(); i++) {
      double change = now.get(i).cpuMillis() / before.get(i).cpuMillis() - 1;
      if (Math.abs(change) > DIFFERENCE || now.get(i).compiling() > COMPILING) {
        return false;
      }
    }
    return true;
  }

  private static void print(int round, List<MeasuredServer> servers, List<Sample> samples) {
    StringBuilder line = new StringBuilder("  warm-up " + round + ":");
    for (int i = 0; i < servers.size(); i++) {
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %.2f ms CPU per flow; compilers take %.0f %% of all",
              servers.get(i).contender().title(),
              samples.get(i).cpuMillis(),
              100 * samples.get(i).compiling()));
    }
    System.out.println(line);
  }
}
