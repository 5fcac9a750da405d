package io.github.fapipack.resourceserver.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The answers of the introspection endpoint, for a short time and within a number of tokens. */
final class ToldTokens {
  private static final int MOST = 20_000;

  /** Strangers cause refusals at will, and a token may become good when it is just issued. */
  private static final Duration REFUSALS = Duration.ofSeconds(2);

  private final Duration remembered;
  private final Clock clock;
  private final Cache<TokenHash, Told> answers;

  ToldTokens(Duration remembered, Clock clock) {
    this.remembered = remembered;
    this.clock = clock;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(Expiry.creating((TokenHash hash, Told answer) -> life(answer)))
            .build();
  }

  Told getOrNull(TokenHash hash) {
    return answers.getIfPresent(hash);
  }

  void remember(TokenHash hash, Told answer) {
    if (!remembered.isZero()) {
      answers.put(hash, answer);
    }
  }

  private Duration life(Told answer) {
    Duration most =
        answer.isGood()
            ? Duration.between(clock.instant(), answer.tokenOrNull().expiresAt())
            : REFUSALS;
    Duration life = most.compareTo(remembered) < 0 ? most : remembered;
    return life.isNegative() ? Duration.ZERO : life;
  }
}
