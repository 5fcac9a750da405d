package io.github.fapipack.resourceserver.replay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps requests from waiting one after the other for a store that is down: after a failure, one of
 * them tries it now and then, and the others are refused at once.
 */
final class Outage {
  private static final System.Logger LOG = System.getLogger(Outage.class.getName());
  private static final long NONE = Long.MIN_VALUE;
  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

  /** When the next request may try, in the time of {@link System#nanoTime}. */
  private final AtomicLong nextTrial = new AtomicLong(NONE);

  /**
   * To be called before the store.
   *
   * @throws StoreUnavailable if it failed a moment ago
   */
  void requireOver() throws StoreUnavailable {
    long next = nextTrial.get();
    if (next == NONE) {
      return;
    }
    long now = System.nanoTime();
    if (now - next < 0 || !nextTrial.compareAndSet(next, now + BETWEEN_TRIALS.toNanos())) {
      throw new StoreUnavailable("the store of used proofs failed a moment ago", null);
    }
  }

  /** The store has answered. */
  void over() {
    if (nextTrial.get() != NONE && nextTrial.getAndSet(NONE) != NONE) {
      LOG.log(System.Logger.Level.INFO, "The store of used proofs answers again");
    }
  }

  /** The store has not answered. */
  void begins(Exception failure) {
    if (nextTrial.getAndSet(System.nanoTime() + BETWEEN_TRIALS.toNanos()) == NONE) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The store of used proofs does not answer; requests are refused until it does",
          failure);
    }
  }
}
