package io.github.fapipack.authz;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.replay.JdbcReplayStore;
import io.github.fapipack.resourceserver.replay.RedisReplayStore;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import java.net.URI;
import java.util.Optional;

/**
 * Where used proofs are remembered.
 *
 * @param address of Redis or of the database; empty for one node that remembers them itself
 */
record StoreSettings(
    Kind kind, String address, Optional<String> user, Optional<String> password, int connections) {
  /** How long a request waits for a free connection, in milliseconds. */
  private static final long PATIENCE = 2000;

  /** What there is. */
  enum Kind {
    MEMORY,
    REDIS,
    JDBC
  }

  static StoreSettings of(Settings settings) {
    Kind kind = settings.one("store", Kind.class, Kind.MEMORY);
    Optional<String> address = settings.text("store.url");
    if (kind != Kind.MEMORY && address.isEmpty()) {
      settings.error("store.url is missing: where the store is");
    }
    if (kind == Kind.MEMORY && address.isPresent()) {
      settings.error("store must be redis or jdbc, since there is a store.url");
    }
    return new StoreSettings(
        kind,
        address.orElse(""),
        settings.text("store.user"),
        settings.text("store.password"),
        settings.number("store.connections", 16, 1, 256));
  }

  /**
   * The store; requests are refused while it does not answer.
   *
   * @throws IllegalArgumentException if the address is none
   */
  ReplayStore open() {
    return switch (kind) {
      case MEMORY -> new CaffeineReplayStore();
      case REDIS -> RedisReplayStore.connect(URI.create(address));
      case JDBC -> database();
    };
  }

  private ReplayStore database() {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(address);
    user.ifPresent(pool::setUsername);
    password.ifPresent(pool::setPassword);
    pool.setMaximumPoolSize(connections);
    pool.setConnectionTimeout(PATIENCE);
    // Starts before the database does.
    pool.setInitializationFailTimeout(-1);
    JdbcReplayStore store = new JdbcReplayStore(new HikariDataSource(pool));
    LateTable late =
        new LateTable(store, store::createTable, () -> System.nanoTime() / 1_000_000_000L);
    late.tryNow();
    return late;
  }
}
