package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The processor time of several parties, noted every second. */
final class CpuLedger implements AutoCloseable {
  private final Map<String, LongSupplier> parties;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<long[]> notes = new ArrayList<>();
  private final long start = System.nanoTime();
  private final ScheduledFuture<?> seconds;

  /** Begins to note. */
  CpuLedger(Map<String, LongSupplier> parties) {
    this.parties = new LinkedHashMap<>(parties);
    seconds = clock.scheduleAtFixedRate(this::note, 0, 1, TimeUnit.SECONDS);
  }

  private synchronized void note() {
    notes.add(parties.values().stream().mapToLong(LongSupplier::getAsLong).toArray());
  }

  List<String> parties() {
    return List.copyOf(parties.keySet());
  }

  /** When it began, by {@link System#nanoTime}. */
  long start() {
    return start;
  }

  /** How many cores each party used between two times, in nanoseconds after the start. */
  synchronized double[] cores(long from, long to) {
    int first = index(from);
    int last = index(to);
    double[] cores = new double[parties.size()];
    for (int i = 0; i < cores.length && last > first; i++) {
      cores[i] = (notes.get(last)[i] - notes.get(first)[i]) / 1e9 / (last - first);
    }
    return cores;
  }

  private int index(long nanos) {
    return (int) Math.min(TimeUnit.NANOSECONDS.toSeconds(nanos), notes.size() - 1L);
  }

  @Override
  public void close() {
    seconds.cancel(false);
    clock.shutdown();
  }
}
