package io.github.fapipack.it.apicheck;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Keeps requests apart. */
final class Pace {
  private final long nanosBetween;
  private long next = System.nanoTime();

  Pace(int perSecond) {
    nanosBetween = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  /** Waits until one more request may be sent; a pair that goes together counts as two. */
  void await(int requests) {
    pause(Duration.ofNanos(next - System.nanoTime()));
    next = System.nanoTime() + requests * nanosBetween;
  }

  /** Waits. */
  static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new CheckFailure("Interrupted.");
      }
    }
  }
}
