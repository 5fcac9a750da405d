package io.github.fapipack.resourceserver.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes on one PostgreSQL. */
class JdbcReplayStoreTest extends StoreContract {
  private static EmbeddedPostgres postgres;
  private static DataSource database;
  private static ReplayStore one;
  private static ReplayStore other;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    database = postgres.getPostgresDatabase();
    one = new JdbcReplayStore(database).createTable();
    other = new JdbcReplayStore(postgres.getPostgresDatabase()).createTable();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
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
  void theTableMayHaveAnotherNameAndSchema() throws Exception {
    execute("CREATE SCHEMA bank");
    ReplayStore store = new JdbcReplayStore(database, "bank.used_proofs").createTable();
    assertThat(store.firstUse("dpop", "k", inAMinute())).isTrue();
    assertThat(store.firstUse("dpop", "k", inAMinute())).isFalse();
    assertThat(count("bank.used_proofs")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a;DROP TABLE b", "a--", "\"a\"", "1a", "a.b.c", ".a", "a.", "t\u00e4"})
  void otherNamesAreRefused(String table) {
    assertThatThrownBy(() -> new JdbcReplayStore(database, table))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingOfTheKeyIsStored() throws Exception {
    ReplayStore store = new JdbcReplayStore(database, "hashed").createTable();
    store.firstUse("dpop", "secret-key", inAMinute());
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM hashed")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void aRowThatHasExpiredCountsAsNoneForOneOfAllWhoAsk() throws Exception {
    String key = key();
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      for (int round = 0; round < 10; round++) {
        one.firstUse("dpop", key, inAMinute());
        // The deletion of expired rows may or may not come in between; both must be right.
        execute("UPDATE fapi_replay SET expires_at = 0 WHERE id = '" + hash(key) + "'");
        assertThat(firstUses(threads, key, inAMinute())).isLessThanOrEqualTo(1);
        assertThat(one.firstUse("dpop", key, inAMinute())).isFalse();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aRowThatHasExpiredIsUsedAgain() throws Exception {
    ReplayStore store = new JdbcReplayStore(database, "revived").createTable();
    store.firstUse("dpop", "k", inAMinute());
    execute("UPDATE revived SET expires_at = expires_at - 600000");
    assertThat(store.firstUse("dpop", "k", inAMinute())).isTrue();
    assertThat(store.firstUse("dpop", "k", inAMinute())).isFalse();
  }

  @Test
  void aRowThatIsDeletedAtTheLastMomentIsNotInTheWay() throws Exception {
    new JdbcReplayStore(database, "deleted").createTable().firstUse("dpop", "k", inAMinute());
    ReplayStore store =
        new JdbcReplayStore(new InterruptedDatabase(database, "DELETE FROM deleted"), "deleted");
    assertThat(store.firstUse("dpop", "k", inAMinute())).isTrue();
    assertThat(count("deleted")).isEqualTo(1);
  }

  @Test
  void expiredRowsAreDeletedAndOthersAreNot() throws Exception {
    ReplayStore store = new JdbcReplayStore(database, "swept").createTable();
    execute(
        "INSERT INTO swept SELECT 'old' || n, 0 FROM generate_series(1, 3000) n"
            + " UNION SELECT 'new' || n, 9999999999999 FROM generate_series(1, 10) n");
    Instant end = Instant.now().plusSeconds(20);
    int uses = 0;
    while (count("swept") > 10 + uses) {
      if (Instant.now().isAfter(end)) {
        fail(count("swept") + " rows are left");
      }
      store.firstUse("dpop", key(), inAMinute());
      uses++;
    }
    assertThat(count("swept WHERE id LIKE 'new%'")).isEqualTo(10);
  }

  @Test
  void aConnectionGoesBackAsItCame() throws Exception {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setNetworkTimeout(Runnable::run, 77_000);
      new ReplayTable(new OneConnection(connection), "fapi_replay", Duration.ofSeconds(2))
          .with(
              held -> {
                assertThat(held.getAutoCommit()).isTrue();
                assertThat(held.getNetworkTimeout()).isEqualTo(3_000);
                return null;
              });
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.getNetworkTimeout()).isEqualTo(77_000);
    }
  }

  @Test
  void aLockedTableLetsNothingThrough() throws Exception {
    ReplayStore store = new JdbcReplayStore(database, "locked").createTable();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
      Instant start = Instant.now();
      assertThatThrownBy(() -> store.firstUse("dpop", "k", inAMinute()))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
      Instant next = Instant.now();
      assertThatThrownBy(() -> store.firstUse("dpop", "k", inAMinute()))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(Duration.between(next, Instant.now())).isLessThan(Duration.ofMillis(500));
      connection.rollback();
    }
  }

  @Test
  void aDatabaseThatIsDownLetsNothingThroughAndIsUsedAgainAfterwards() throws Exception {
    SwitchedDatabase switched = new SwitchedDatabase(database);
    ReplayStore store = new JdbcReplayStore(switched).createTable();
    switched.off = true;
    Instant start = Instant.now();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> store.firstUse("dpop", "k", inAMinute()))
          .isInstanceOf(StoreUnavailable.class);
    }
    assertThat(switched.asked.get())
        .isLessThanOrEqualTo(2 + Duration.between(start, Instant.now()).toSeconds());
    switched.off = false;
    assertThat(Recovery.of(store)).isTrue();
  }

  @Test
  void aPoolThatFailsInItsOwnWayLetsNothingThrough() {
    ReplayStore store =
        new JdbcReplayStore(
            new FakeDatabase() {
              @Override
              public Connection getConnection() {
                throw new IllegalStateException("closed");
              }
            });
    assertThatThrownBy(() -> store.firstUse("dpop", "k", inAMinute()))
        .isInstanceOf(StoreUnavailable.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMissingTableLetsNothingThrough() {
    ReplayStore store = new JdbcReplayStore(database, "missing");
    assertThatThrownBy(() -> store.firstUse("dpop", "k", inAMinute()))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void aTableThatCannotBeMadeIsReported() {
    assertThatThrownBy(() -> new JdbcReplayStore(database, "nowhere.at_all").createTable())
        .isInstanceOf(StoreUnavailable.class)
        .hasCauseInstanceOf(SQLException.class);
  }

  private static String hash(String key) {
    return UsedKey.hash("dpop", key);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(String table) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
