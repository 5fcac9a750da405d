package io.github.fapipack.it.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for what another process does in its own time.
 *
 * @param limit after which the wait is an error
 * @param pause between two looks
 */
public record Await(Duration limit, Duration pause) {

  /** Looks often, for at most this long. */
  public static Await atMost(Duration limit) {
    return new Await(limit, Duration.ofMillis(50));
  }

  /** Looks less often, where a look makes work. */
  public Await every(Duration pause) {
    return new Await(limit, pause);
  }

  /**
   * Waits until a condition holds.
   *
   * @param what is waited for, in the words of the error
   * @throws AssertionError if the condition does not hold in time
   */
  public void until(String what, BooleanSupplier condition) {
    until(what, condition::getAsBoolean, Boolean::booleanValue);
  }

  /**
   * Waits until a value is as wanted, and returns it.
   *
   * @param what is waited for, in the words of the error
   * @throws AssertionError if there is no such value in time; it shows the last one
   */
  public <T> T until(String what, Supplier<T> value, Predicate<T> wanted) {
    Instant end = Instant.now().plus(limit);
    while (true) {
      T last = value.get();
      if (wanted.test(last)) {
        return last;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("No " + what + " within " + limit + "; the last look: " + last);
      }
      pass(pause);
    }
  }

  /** Lets time pass, where a clock decides that no test can move. */
  public static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
  }
}
