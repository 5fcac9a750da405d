package io.github.fapipack.bench;

import io.github.fapipack.it.server.ClusterNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Stops one node and starts it again, as an operator does for an upgrade. */
final class RollingRestart implements Callable<RollingRestart.Course> {
  /** A node gets this long to be left alone, to settle its caches and to end. */
  private static final Duration TO_STOP = Duration.ofSeconds(40);

  /** Codes and pushed requests are valid for a minute. */
  private static final Duration FRESH = Duration.ofSeconds(20);

  private final BenchCluster cluster;
  private final Balancer balancer;
  private final long start;
  private final long after;
  private final Unfinished unfinished;
  private final List<Event> events = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  /**
   * What happened.
   *
   * @param nanos after the start of the load
   */
  record Event(long nanos, String what) {}

  /**
   * All that happened.
   *
   * @param errors of what users had begun at one node and could not end at the other
   */
  record Course(List<Event> events, List<String> errors) {
    long begin() {
      return events.get(0).nanos();
    }

    long end() {
      return events.get(events.size() - 1).nanos();
    }
  }

  /**
   * Restarts the first of two nodes.
   *
   * @param start of the load, by {@link System#nanoTime}
   * @param after how long after it the restart begins
   */
  RollingRestart(BenchCluster cluster, Balancer balancer, long start, Duration after) {
    this.cluster = cluster;
    this.balancer = balancer;
    this.start = start;
    this.after = after.toNanos();
    this.unfinished = new Unfinished(cluster.realm());
  }

  @Override
  public Course call() throws IOException, InterruptedException {
    ClusterNode restarted = cluster.nodes().get(0);
    ClusterNode other = cluster.nodes().get(1);
    for (long now = nanos(); now < after; now = nanos()) {
      LockSupport.parkNanos(after - now);
    }
    unfinished.begin(restarted);
    balancer.drain(restarted);
    note("the first node is told to stop (SIGTERM)");
    restarted.stop(TO_STOP);
    note("it has stopped");
    end(other);
    note("it is started again");
    start(restarted, other);
    note("it is ready");
    end(restarted);
    balancer.takeBack(restarted);
    note("it may get requests");
    return new Course(List.copyOf(events), List.copyOf(errors));
  }

  /** Users begin again and again meanwhile, because codes are valid for a minute only. */
  private void start(ClusterNode restarted, ClusterNode other) throws InterruptedException {
    CompletableFuture<Void> starting = CompletableFuture.runAsync(restarted::start);
    do {
      unfinished.begin(other);
    } while (!ends(starting));
  }

  private static boolean ends(CompletableFuture<Void> starting) throws InterruptedException {
    try {
      starting.get(FRESH.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the node does not start", e.getCause());
    }
  }

  private void end(ClusterNode node) {
    List<String> failed = unfinished.end(node);
    errors.addAll(failed);
    note(
        failed.isEmpty()
            ? Unfinished.EACH
                + " codes, pushed requests and logins each, begun at the one node, are ended at"
                + " the other"
            : failed.size() + " of what was begun at the one node cannot be ended at the other");
  }

  private void note(String what) {
    Event event = new Event(nanos(), what);
    events.add(event);
    System.out.printf("  %4d s: %s%n", TimeUnit.NANOSECONDS.toSeconds(event.nanos), what);
  }

  private long nanos() {
    return System.nanoTime() - start;
  }
}
