package io.github.fapipack.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Clients that each start an operation as soon as the previous one is done. */
final class ClosedLoop {
  private final ProcessCost server;
  private final LongSupplier database;
  private final ProcessCost own = new ProcessCost(ProcessHandle.current());

  /**
   * Against this server.
   *
   * @param database nanoseconds of processor time that its database has used
   */
  ClosedLoop(ProcessCost server, LongSupplier database) {
    this.server = server;
    this.database = database;
  }

  /** Runs for this long, and counts everything between the first start and the last end. */
  Sample run(Operation operation, List<LoopingClient> clients, Duration duration) {
    return run(operation, clients, duration, Duration.ZERO);
  }

  /**
   * The same at a steady pace.
   *
   * @param pace the least time from one start of a client to its next
   */
  Sample run(Operation operation, List<LoopingClient> clients, Duration duration, Duration pace) {
    List<Runnable> actions = new ArrayList<>();
    clients.forEach(client -> actions.add(() -> operation.runBy(client)));
    return run(operation.title(), actions, duration, pace);
  }

  /**
   * The same for any operation.
   *
   * @param actions each of which is repeated in a thread of its own
   */
  Sample run(String title, List<? extends Runnable> actions, Duration duration, Duration pace) {
    ExecutorService threads = Executors.newFixedThreadPool(actions.size());
    try {
      CountDownLatch ready = new CountDownLatch(actions.size());
      CountDownLatch start = new CountDownLatch(1);
      List<Future<long[]>> running = new ArrayList<>();
      for (Runnable action : actions) {
        running.add(threads.submit(loop(action, ready, start, duration, pace)));
      }
      ready.await();
      long compilers = server.compilers();
      long serverCpu = server.cpu();
      long databaseCpu = database.getAsLong();
      long clientCpu = own.cpu();
      long begin = System.nanoTime();
      start.countDown();
      List<long[]> latencies = new ArrayList<>();
      for (Future<long[]> one : running) {
        latencies.add(one.get());
      }
      return new Sample(
          System.nanoTime() - begin,
          server.cpu() - serverCpu,
          // A compiler thread that has ended is no longer counted.
          Math.max(0, server.compilers() - compilers),
          database.getAsLong() - databaseCpu,
          own.cpu() - clientCpu,
          latencies.stream().flatMapToLong(LongStream::of).sorted().toArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed in " + title, e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<long[]> loop(
      Runnable action,
      CountDownLatch ready,
      CountDownLatch start,
      Duration duration,
      Duration pace) {
    return () -> {
      try {
        // An idle client must connect again, which is not part of any operation.
        action.run();
      } finally {
        ready.countDown();
      }
      start.await();
      LongStream.Builder latencies = LongStream.builder();
      long before = System.nanoTime();
      long end = before + duration.toNanos();
      while (before < end) {
        action.run();
        long after = System.nanoTime();
        latencies.add(after - before);
        long next = before + pace.toNanos();
        for (before = after; before < next; before = System.nanoTime()) {
          LockSupport.parkNanos(next - before);
        }
      }
      return latencies.build().toArray();
    };
  }
}
