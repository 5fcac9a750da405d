package io.github.fapipack.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Requests at a steady rate, whatever the server does: what a request takes is counted from when it
 * was due.
 *
 * @param rate requests per second, of all connections together
 */
record SteadyLoad(InetSocketAddress server, int connections, int rate) {

  /**
   * Sends requests, each of which must be answered with 200.
   *
   * @return nanoseconds, sorted
   */
  long[] send(List<byte[]> requests) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = i;
        running.add(threads.submit(() -> send(requests, first, start)));
      }
      List<long[]> took = new ArrayList<>();
      for (Future<long[]> one : running) {
        took.add(one.get());
      }
      return took.stream().flatMapToLong(LongStream::of).sorted().toArray();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private long[] send(List<byte[]> requests, int first, long start) throws IOException {
    long[] took = new long[requests.size() / connections + 1];
    int size = 0;
    try (PlainConnection connection = new PlainConnection(server)) {
      for (int i = first; i < requests.size(); i += connections) {
        long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        int status = connection.exchange(requests.get(i));
        took[size++] = System.nanoTime() - due;
        if (status != 200) {
          throw new IOException("answered with " + status);
        }
      }
    }
    return Arrays.copyOf(took, size);
  }

  static double millis(long[] sorted, double part) {
    return sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }
}
