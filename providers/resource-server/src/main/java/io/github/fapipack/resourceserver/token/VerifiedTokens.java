package io.github.fapipack.resourceserver.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What is known of tokens by their hash, within a number of bytes and each for its time. */
final class VerifiedTokens {
  /** What an entry takes besides its claims. */
  private static final int ENTRY = 600;

  /** Parsed claims take about so many bytes for each character of the token. */
  private static final int PER_CHARACTER = 4;

  private final Cache<TokenHash, Verified> tokens;

  /**
   * A token that was verified.
   *
   * @param key with which; the token is good as long as the issuer publishes it
   */
  record Verified(AccessToken token, JwsKey key, int length) {}

  VerifiedTokens(long bytes, Clock clock) {
    this.tokens =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((TokenHash hash, Verified entry) -> ENTRY + PER_CHARACTER * entry.length())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(
                Expiry.creating(
                    (TokenHash hash, Verified entry) -> until(entry.token().expiresAt(), clock)))
            .build();
  }

  Verified getOrNull(TokenHash hash) {
    return tokens.getIfPresent(hash);
  }

  void remember(TokenHash hash, Verified entry) {
    tokens.put(hash, entry);
  }

  void forget(TokenHash hash) {
    tokens.invalidate(hash);
  }

  private static Duration until(Instant expiry, Clock clock) {
    Duration left = Duration.between(clock.instant(), expiry);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
