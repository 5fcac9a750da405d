package io.github.fapipack.resourceserver.replay;

import io.github.fapipack.resourceserver.jws.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** What a store keeps of a key: a text of fixed length, out of which nobody reads the key. */
final class UsedKey {
  /**
   * By how much the clocks of two nodes may differ. A node whose clock is slow takes a proof for
   * that much longer, so the stores that nodes share remember it for that much longer.
   */
  static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(2);

  /** Far more than anything lives, and few enough milliseconds for every store. */
  private static final Duration LONGEST = Duration.ofDays(365 * 100);

  private UsedKey() {}

  /** SHA-256 as 64 hexadecimal digits; case does not matter, since databases may ignore it. */
  static String hash(String purpose, String key) {
    // With its length, one purpose and key never reads like another.
    String whole = purpose.length() + ":" + purpose + key;
    return HexFormat.of().formatHex(Sha256.of(whole.getBytes(StandardCharsets.UTF_8)));
  }

  /** How long a store has to remember something, by the clock of this node. */
  static Duration life(Instant until, Clock clock) {
    Duration life = Duration.between(clock.instant(), until);
    if (life.isNegative()) {
      return Duration.ZERO;
    }
    return life.compareTo(LONGEST) > 0 ? LONGEST : life;
  }
}
