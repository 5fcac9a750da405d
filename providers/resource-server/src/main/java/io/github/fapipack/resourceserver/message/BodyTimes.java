package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.message.ErrorStyle.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whether a body was signed just now. */
record BodyTimes(Duration maxAge, Duration maxSkew, Clock clock) {

  static BodyTimes of(SignedBodies settings, Clock clock) {
    return new BodyTimes(settings.maxAge(), settings.maxSkew(), clock);
  }

  /**
   * Refuses what was not.
   *
   * @param name how the claim is called
   * @param issued its value, in seconds since 1970
   */
  void requireNow(String name, Object issued) throws BodyFault {
    if (!(issued instanceof Number number)) {
      throw new BodyFault(
          Fault.MISSING_CLAIM, "the signed body needs " + name + " in seconds since 1970");
    }
    double seconds = number.doubleValue();
    double now = clock.instant().getEpochSecond();
    if (!(seconds >= now - maxAge.toSeconds() && seconds <= now + maxSkew.toSeconds())) {
      throw new BodyFault(
          Fault.CLAIM,
          name
              + " of the signed body must be at most "
              + maxAge.toSeconds()
              + " s old and at most "
              + maxSkew.toSeconds()
              + " s ahead; sign again");
    }
  }

  /** Until when what came now may not come again; at least as long as it would be taken. */
  Instant until(Duration once) {
    Duration window = maxAge.plus(maxSkew).plusSeconds(1);
    return clock.instant().plus(once.compareTo(window) < 0 ? window : once);
  }

  /** Refuses what is over, or is not valid yet, if it says so. */
  void requireValid(Object expires, Object notBefore) throws BodyFault {
    double now = clock.millis() / 1000.0;
    boolean over = expires != null && !(expires instanceof Number end && end.doubleValue() > now);
    boolean early =
        notBefore != null
            && !(notBefore instanceof Number start
                && start.doubleValue() <= now + maxSkew.toSeconds());
    if (over || early) {
      throw new BodyFault(
          Fault.CLAIM, "the signed body has expired, or is not valid yet; sign again");
    }
  }
}
