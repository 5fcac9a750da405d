package io.github.fapipack.resourceserver.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.testing.RedisServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** Two nodes on one Redis. */
class RedisReplayStoreTest extends StoreContract {
  @TempDir private static Path folder;

  private static RedisServer server;
  private static RedisReplayStore one;
  private static RedisReplayStore other;

  @BeforeAll
  static void start() throws Exception {
    server = new RedisServer(folder);
    one = RedisReplayStore.connect(server.address());
    other = RedisReplayStore.connect(server.address());
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    server.close();
  }

  @Override
  ReplayStore one() {
    return one;
  }

  @Override
  ReplayStore other() {
    return other;
  }

  @Test
  void keysAreHashedAndExpire() throws Exception {
    String key = key();
    one.firstUse("dpop", key, Instant.now().plusSeconds(60));
    try (RedisClient client = RedisClient.create(server.address())) {
      Set<String> stored = client.keys("fapi:replay:" + UsedKey.hash("dpop", key));
      assertThat(stored).hasSize(1);
      assertThat(client.pttl(stored.iterator().next()))
          .isBetween(170_000L, 60_000L + UsedKey.CLOCK_DIFFERENCE.toMillis());
    }
  }

  @Test
  void whatRedisHasLetExpireIsUsedAgain() throws Exception {
    String key = key();
    one.firstUse("dpop", key, inAMinute());
    try (RedisClient client = RedisClient.create(server.address())) {
      client.pexpire("fapi:replay:" + UsedKey.hash("dpop", key), 1);
      Instant end = Instant.now().plusSeconds(10);
      while (!one.firstUse("dpop", key, inAMinute())) {
        assertThat(Instant.now()).isBefore(end);
      }
    }
    assertThat(other.firstUse("dpop", key, inAMinute())).isFalse();
  }

  @Test
  void aRedisThatIsDownLetsNothingThroughAndIsUsedAgainAfterwards(@TempDir Path own)
      throws Exception {
    try (RedisServer redis = new RedisServer(own);
        RedisReplayStore store = RedisReplayStore.connect(redis.address())) {
      assertThat(store.firstUse("dpop", key(), inAMinute())).isTrue();
      redis.stop();
      isUnavailableWithin(store, Duration.ofSeconds(3));
      isUnavailableWithin(store, Duration.ofMillis(500));
      redis.start(own);
      assertThat(Recovery.of(store)).isTrue();
    }
  }

  @Test
  void aRedisThatHangsLetsNothingThrough(@TempDir Path own) throws Exception {
    try (RedisServer redis = new RedisServer(own);
        RedisReplayStore store = RedisReplayStore.connect(redis.address())) {
      assertThat(store.firstUse("dpop", key(), inAMinute())).isTrue();
      signal("STOP", redis.pid());
      isUnavailableWithin(store, Duration.ofSeconds(5));
      isUnavailableWithin(store, Duration.ofMillis(500));
      signal("CONT", redis.pid());
      assertThat(Recovery.of(store)).isTrue();
    }
  }

  @Test
  void aStoreStartsWhileItsRedisIsDown(@TempDir Path own) throws Exception {
    try (RedisServer redis = new RedisServer(own)) {
      redis.stop();
      try (RedisReplayStore store = RedisReplayStore.connect(redis.address())) {
        isUnavailableWithin(store, Duration.ofSeconds(3));
        redis.start(own);
        assertThat(Recovery.of(store)).isTrue();
      }
    }
  }

  @Test
  void aClosedStoreLetsNothingThrough() {
    RedisReplayStore store = RedisReplayStore.connect(server.address());
    store.close();
    isUnavailableWithin(store, Duration.ofSeconds(3));
  }

  @Test
  void aRedisWhoseMemoryIsFullLetsNothingThrough(@TempDir Path own) throws Exception {
    try (RedisServer redis = new RedisServer(own, "--maxmemory", "1");
        RedisReplayStore store = RedisReplayStore.connect(redis.address())) {
      isUnavailableWithin(store, Duration.ofSeconds(3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:6379", "redis://", "localhost:6379", "/redis"})
  void anotherAddressIsRefused(String address) {
    assertThatThrownBy(() -> RedisReplayStore.connect(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void isUnavailableWithin(ReplayStore store, Duration time) {
    Instant start = Instant.now();
    assertThatThrownBy(() -> store.firstUse("dpop", key(), inAMinute()))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(Duration.between(start, Instant.now())).isLessThan(time);
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }
}
