package io.github.fapipack.resourceserver.replay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Remembers in this process, so it is for one node alone, and it forgets when the process ends.
 *
 * <p>Its size is limited. It never forgets something early to make room: when it is full, requests
 * are refused until something has expired.
 */
public final class CaffeineReplayStore implements ReplayStore {
  private static final System.Logger LOG = System.getLogger(CaffeineReplayStore.class.getName());

  /** Each takes about 200 bytes; enough for 3,000 requests per second with the usual windows. */
  private static final int DEFAULT_SIZE = 250_000;

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final int size;
  private final Cache<String, Instant> used;

  /** A store for 250,000 entries. */
  public CaffeineReplayStore() {
    this(DEFAULT_SIZE);
  }

  /**
   * A store.
   *
   * @param size how many entries it has at most
   */
  public CaffeineReplayStore(int size) {
    this(size, Clock.systemUTC());
  }

  CaffeineReplayStore(int size, Clock clock) {
    this.size = size;
    // By the same clock as the proofs: if it leaps, both have expired.
    this.used =
        Caffeine.newBuilder()
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(Expiry.<String, Instant>creating((key, until) -> life(until, clock)))
            .build();
    LOG.log(
        System.Logger.Level.WARNING,
        "Used proofs are remembered in this process alone. With a second node, a proof can be used"
            + " once on each: use JdbcReplayStore or RedisReplayStore then.");
  }

  @Override
  public boolean firstUse(String purpose, String key, Instant until) throws StoreUnavailable {
    String hash = UsedKey.hash(purpose, key);
    if (used.estimatedSize() >= size) {
      makeRoom();
    }
    return used.asMap().putIfAbsent(hash, until) == null;
  }

  /** At least so long that of all who ask at the same moment one is the first. */
  private static Duration life(Instant until, Clock clock) {
    Duration life = UsedKey.life(until, clock);
    return life.compareTo(SHORTEST) < 0 ? SHORTEST : life;
  }

  private void makeRoom() throws StoreUnavailable {
    used.cleanUp();
    if (used.estimatedSize() >= size) {
      throw new StoreUnavailable("the store of used proofs is full", null);
    }
  }
}
