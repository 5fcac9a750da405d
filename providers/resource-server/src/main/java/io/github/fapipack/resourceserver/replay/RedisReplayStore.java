package io.github.fapipack.resourceserver.replay;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Remembers in a Redis that all nodes share. The first {@code SET key 1 NX PX life} wins, and the
 * clock of Redis says what has expired.
 *
 * <p>Redis must not forget on its own: {@code maxmemory-policy noeviction}, which the constructor
 * looks at, and warns. After a failover to a replica that lags behind, what was used in the last
 * moments can be used once more; where that is not acceptable, use {@link JdbcReplayStore}.
 */
public final class RedisReplayStore implements ReplayStore, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RedisReplayStore.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int CONNECTIONS = 32;
  private static final String PREFIX = "fapi:replay:";
  private static final String STORED = "OK";

  private final UnifiedJedis redis;
  private final Outage outage = new Outage();

  /**
   * A store behind a client with settings of your own: a cluster, Sentinel, other timeouts.
   *
   * @param redis must have timeouts; {@link #close} closes it
   */
  public RedisReplayStore(UnifiedJedis redis) {
    this.redis = redis;
    warnIfItForgets();
  }

  /**
   * A store on one server, with timeouts of two seconds and up to 32 connections.
   *
   * @param address {@code redis://user:password@host:port/database}, or {@code rediss:} for TLS
   * @throws IllegalArgumentException if the address names no host and port
   */
  public static RedisReplayStore connect(URI address) {
    boolean isRedis =
        JedisURIHelper.isRedisScheme(address) || JedisURIHelper.isRedisSSLScheme(address);
    if (!isRedis || !JedisURIHelper.isValid(address)) {
      throw new IllegalArgumentException("the address of Redis must be redis://host:port");
    }
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(TIMEOUT);
    return new RedisReplayStore(
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(address))
            .clientConfig(settings(address))
            .poolConfig(pool)
            .build());
  }

  private static JedisClientConfig settings(URI address) {
    DefaultJedisClientConfig.Builder settings =
        DefaultJedisClientConfig.builder()
            .timeoutMillis((int) TIMEOUT.toMillis())
            .user(JedisURIHelper.getUser(address))
            .password(JedisURIHelper.getPassword(address))
            .database(JedisURIHelper.getDBIndex(address));
    if (JedisURIHelper.isRedisSSLScheme(address)) {
      settings.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    return settings.build();
  }

  @Override
  public boolean firstUse(String purpose, String key, Instant until) throws StoreUnavailable {
    outage.requireOver();
    long millis = UsedKey.life(until, Clock.systemUTC()).plus(UsedKey.CLOCK_DIFFERENCE).toMillis();
    try {
      SetParams once = SetParams.setParams().nx().px(millis);
      boolean first = STORED.equals(redis.set(PREFIX + UsedKey.hash(purpose, key), "1", once));
      outage.over();
      return first;
    } catch (RuntimeException failure) {
      // Of Jedis, or of its pool when that is closed.
      outage.begins(failure);
      throw new StoreUnavailable("Redis does not answer", failure);
    }
  }

  /** Ends the connections. */
  @Override
  public void close() {
    redis.close();
  }

  private void warnIfItForgets() {
    try {
      String memory = redis.info("memory");
      if (memory.contains("maxmemory_policy:") && !memory.contains("maxmemory_policy:noeviction")) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Redis forgets keys when its memory is full, so that used proofs could be used again:"
                + " set maxmemory-policy to noeviction");
      }
    } catch (JedisException | UnsupportedOperationException failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Redis did not tell its maxmemory-policy, which must be noeviction: "
              + failure.getClass().getSimpleName());
    }
  }
}
