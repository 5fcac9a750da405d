package io.github.fapipack.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Steps at a steady rate, whatever the servers do. Each journey has its own times; what a step
 * takes is counted from when it was due, so that a step that waits for a slow one before counts as
 * slow.
 */
final class OpenLoad {
  /** How long after the end steps that are due may still begin. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private final List<Journey> journeys;

  OpenLoad(List<Journey> journeys) {
    this.journeys = List.copyOf(journeys);
  }

  /**
   * One step.
   *
   * @param due nanoseconds after the start
   * @param took nanoseconds from then to the answer
   * @param error why it failed; null if it has not
   */
  record Taken(Step step, long due, long took, String error) {}

  /**
   * All steps that were taken, in no particular order; late ones that were not begun are missing.
   */
  List<Taken> run(int rate, Duration duration) {
    ExecutorService threads = Executors.newFixedThreadPool(journeys.size());
    try {
      long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
      List<Future<List<Taken>>> running = new ArrayList<>();
      for (int i = 0; i < journeys.size(); i++) {
        int first = i;
        running.add(threads.submit(() -> go(first, rate, start, duration.toNanos())));
      }
      List<Taken> all = new ArrayList<>();
      for (Future<List<Taken>> one : running) {
        all.addAll(one.get());
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client ended", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Taken> go(int first, int rate, long start, long duration) {
    Journey journey = journeys.get(first);
    List<Taken> taken = new ArrayList<>();
    for (long i = first; ; i += journeys.size()) {
      long due = i * TimeUnit.SECONDS.toNanos(1) / rate;
      long now = System.nanoTime() - start;
      if (due >= duration || now > duration + LATE.toNanos()) {
        return taken;
      }
      for (; now < due; now = System.nanoTime() - start) {
        LockSupport.parkNanos(due - now);
      }
      Step step = journey.next();
      String error = null;
      try {
        journey.go();
      } catch (RuntimeException | AssertionError e) {
        error = e.toString();
      }
      taken.add(new Taken(step, due, System.nanoTime() - start - due, error));
    }
  }
}
