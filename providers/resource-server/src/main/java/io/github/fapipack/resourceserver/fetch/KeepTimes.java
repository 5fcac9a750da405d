package io.github.fapipack.resourceserver.fetch;

import java.time.Duration;

/**
 * How long a copy of what the issuer publishes is kept.
 *
 * @param fresh after that time it is fetched again, while the old copy still serves
 * @param kept so long the last good copy serves if the issuer is down
 * @param betweenFailures from a fetch that failed to the next one
 * @param betweenWishes from one fetch to the next that somebody wishes before the copy is old, such
 *     as for an unknown key: strangers can cause no more
 */
public record KeepTimes(
    Duration fresh, Duration kept, Duration betweenFailures, Duration betweenWishes) {

  public KeepTimes {
    if (fresh.isNegative() || fresh.isZero() || kept.compareTo(fresh) < 0) {
      throw new IllegalArgumentException(
          "a copy must be fresh for some time, and kept at least as long");
    }
    if (betweenFailures.isNegative() || betweenWishes.isNegative()) {
      throw new IllegalArgumentException("the time between two fetches must not be negative");
    }
  }

  /** Fresh for 5 minutes, kept for 24 hours, 5 s between failures, 30 s between wishes. */
  public static KeepTimes defaults() {
    return new KeepTimes(
        Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** The same, but the last good copy serves so long. */
  public KeepTimes kept(Duration time) {
    return new KeepTimes(fresh, time, betweenFailures, betweenWishes);
  }

  /** The same, but fetched again after that time. */
  public KeepTimes fresh(Duration time) {
    return new KeepTimes(time, kept, betweenFailures, betweenWishes);
  }
}
