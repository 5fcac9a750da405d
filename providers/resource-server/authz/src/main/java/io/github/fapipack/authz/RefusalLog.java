package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.Refused;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Says in the log why requests are refused: status, code, sentence and clause, all of them ours. At
 * most so many lines a second, and then how many there would have been.
 */
final class RefusalLog {
  private static final int LINES_A_SECOND = 20;

  private final Logger logger;
  private final LongSupplier seconds;
  private final AtomicLong second = new AtomicLong();
  private final AtomicLong lines = new AtomicLong();

  RefusalLog(Logger logger, LongSupplier seconds) {
    this.logger = logger;
    this.seconds = seconds;
  }

  static RefusalLog started() {
    return new RefusalLog(
        System.getLogger("io.github.fapipack.authz.refusals"),
        () -> System.nanoTime() / 1_000_000_000L);
  }

  void refused(Refused refused) {
    if (isDue()) {
      logger.log(
          Level.INFO,
          "refused: "
              + refused.status()
              + " "
              + refused.problem().code().orElse("no token")
              + ", "
              + refused.sentence()
              + " ("
              + refused.clause()
              + ")");
    }
  }

  /** A refusal for which somebody other than the caller has to do something. */
  void warning(String sentence) {
    if (isDue()) {
      logger.log(Level.WARNING, sentence);
    }
  }

  private boolean isDue() {
    long now = seconds.getAsLong();
    long before = second.get();
    if (now != before && second.compareAndSet(before, now)) {
      long more = lines.getAndSet(0) - LINES_A_SECOND;
      if (more > 0) {
        logger.log(Level.WARNING, more + " more in a second that are not listed");
      }
    }
    return lines.incrementAndGet() <= LINES_A_SECOND;
  }
}
