package io.github.fapipack.resourceserver.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Something that runs once at a time, in a thread of its own, and not too often. */
final class SoleFetch {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  private final String name;
  private final BooleanSupplier task;
  private final Clock clock;
  private volatile CompletableFuture<Void> running;
  private volatile long ended = Long.MIN_VALUE / 2;
  private volatile boolean failed;

  /**
   * Runs nothing yet.
   *
   * @param name of the thread
   * @param task tells whether it has succeeded
   */
  SoleFetch(String name, BooleanSupplier task, Clock clock) {
    this.name = name;
    this.task = task;
    this.clock = clock;
  }

  /** Whether the last one has failed. */
  boolean failed() {
    return failed;
  }

  /** The one that runs, or a new one; none if the last one ended less than this pause ago. */
  Optional<CompletableFuture<Void>> begin(Duration pause) {
    if (running == null && isTooEarly(pause)) {
      return Optional.empty();
    }
    synchronized (this) {
      if (running == null) {
        if (isTooEarly(pause)) {
          return Optional.empty();
        }
        running = new CompletableFuture<>();
        Thread thread = new Thread(this::run, "fapi-fetch " + name);
        thread.setDaemon(true);
        thread.start();
      }
      return Optional.of(running);
    }
  }

  /** Whether it has ended; not if too many others wait, or if it takes too long. */
  static boolean await(CompletableFuture<Void> fetch, Semaphore places) {
    if (!places.tryAcquire()) {
      return false;
    }
    try {
      fetch.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      places.release();
    }
  }

  private boolean isTooEarly(Duration pause) {
    long since = clock.millis() - ended;
    // A clock that was set back must not keep it from running.
    return since >= 0 && since < pause.toMillis();
  }

  private void run() {
    boolean succeeded = false;
    try {
      succeeded = task.getAsBoolean();
    } finally {
      finish(!succeeded);
    }
  }

  private synchronized void finish(boolean failure) {
    CompletableFuture<Void> mine = running;
    failed = failure;
    ended = clock.millis();
    running = null;
    mine.complete(null);
  }
}
