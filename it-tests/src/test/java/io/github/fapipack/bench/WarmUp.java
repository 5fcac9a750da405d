package io.github.fapipack.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Puts load on all servers at the same time until their compilers, which will share the server's
 * core, are done. A server that is warm waits for the others.
 */
final class WarmUp {
  /** At the same time, at each server. */
  static final int CLIENTS = 4;

  private static final Duration FLOWS = Duration.ofSeconds(4);
  private static final Duration OTHERS = Duration.ofMillis(500);

  private final BenchSettings settings;

  WarmUp(BenchSettings settings) {
    this.settings = settings;
  }

  /** Runs until all are warm or the time is up, and tells which it was. */
  Map<Contender, Warmth> run(List<MeasuredServer> servers) {
    long end = System.nanoTime() + settings.warmUp().toNanos();
    Map<Contender, Warmth> all = new LinkedHashMap<>();
    servers.forEach(server -> all.put(server.contender(), Warmth.cold()));
    List<MeasuredServer> rest = new ArrayList<>(servers);
    try (CompilersFirst compilers =
        new CompilersFirst(servers.stream().map(MeasuredServer::process).toList())) {
      for (int round = 1; !rest.isEmpty() && System.nanoTime() < end; round++) {
        compilers.prefer();
        List<Sample> samples = round(rest);
        for (int i = 0; i < samples.size(); i++) {
          Sample flows = samples.get(i);
          all.computeIfPresent(rest.get(i).contender(), (key, warmth) -> warmth.after(flows));
        }
        System.out.println("  warm-up " + round + ":" + line(rest, all));
        rest.removeIf(server -> all.get(server.contender()).done());
      }
    }
    all.forEach(WarmUp::report);
    return all;
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
        if (server.contender().offers(operation)) {
          boolean flow = operation == Operation.FLOW;
          Sample sample = server.loop().run(operation, looping, flow ? FLOWS : OTHERS);
          if (flow) {
            flows.add(sample);
          }
        }
      }
    }
    return Sample.sum(flows);
  }

  private static String line(List<MeasuredServer> servers, Map<Contender, Warmth> all) {
    StringBuilder line = new StringBuilder();
    for (MeasuredServer server : servers) {
      Warmth warmth = all.get(server.contender());
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %.2f ms, compilers %.0f %%",
              server.contender().title(),
              warmth.cpuMillis(),
              100 * warmth.compiling()));
    }
    return line.toString();
  }

  private static void report(Contender contender, Warmth warmth) {
    String done = contender.isPeer() ? "flows cost the same" : "compilers done";
    String what =
        warmth.done()
            ? "%s after %d rounds".formatted(done, warmth.rounds())
            : String.format(
                Locale.ROOT,
                "NOT warm after %d rounds (compilers %.0f %%), so its figures are too high;"
                    + " try a larger -Dbench.warmup (minutes)",
                warmth.rounds(),
                100 * warmth.compiling());
    System.out.println("  " + contender.title() + ": " + what);
  }
}
