package io.github.fapipack.resourceserver.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Remembers in a table that all nodes share: PostgreSQL, MySQL, MariaDB or H2.
 *
 * <p>{@link #createTable} makes the table, or an administrator does:
 *
 * <pre>{@code
 * CREATE TABLE fapi_replay (id VARCHAR(64) NOT NULL PRIMARY KEY, expires_at BIGINT NOT NULL);
 * CREATE INDEX fapi_replay_expiry ON fapi_replay (expires_at);
 * }</pre>
 *
 * <p>The unique key makes one node the first; the clock of the database says what has expired, so
 * those of the nodes may differ, by two minutes at most. Rows that have expired are deleted in
 * small batches beside the requests. Each statement has two seconds. How long a request waits for a
 * connection is up to the pool behind the {@code DataSource}: set that to two seconds too.
 */
public final class JdbcReplayStore implements ReplayStore {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String INTEGRITY_VIOLATION = "23";

  private final ReplayTable table;
  private final ExpiredRows expired;
  private final Outage outage = new Outage();

  /** A store in the table {@code fapi_replay}. */
  public JdbcReplayStore(DataSource database) {
    this(database, "fapi_replay");
  }

  /**
   * A store in another table.
   *
   * @param table its name, if need be with the schema: {@code schema.table}
   * @throws IllegalArgumentException if that is no simple name
   */
  public JdbcReplayStore(DataSource database, String table) {
    this.table = new ReplayTable(database, table, TIMEOUT);
    this.expired = new ExpiredRows(this.table);
  }

  /**
   * Makes the table if it is not there.
   *
   * @throws StoreUnavailable if the database does not answer, or does not allow it
   */
  public JdbcReplayStore createTable() throws StoreUnavailable {
    try {
      table.create();
      return this;
    } catch (SQLException failure) {
      throw new StoreUnavailable("the table of used proofs could not be made", failure);
    }
  }

  @Override
  public boolean firstUse(String purpose, String key, Instant until) throws StoreUnavailable {
    outage.requireOver();
    String id = UsedKey.hash(purpose, key);
    long millis = UsedKey.life(until, Clock.systemUTC()).plus(UsedKey.CLOCK_DIFFERENCE).toMillis();
    try {
      boolean first = table.with(connection -> insertOrRevive(connection, id, millis));
      outage.over();
      expired.deleteNowAndThen();
      return first;
    } catch (SQLException | RuntimeException failure) {
      // Pools and drivers throw both.
      outage.begins(failure);
      throw new StoreUnavailable("the database of used proofs does not answer", failure);
    }
  }

  private boolean insertOrRevive(Connection connection, String id, long millis)
      throws SQLException {
    String now = table.now(connection);
    return insert(connection, now, id, millis)
        || revive(connection, now, id, millis)
        // The row that was in the way may have been deleted before it could be revived.
        || insert(connection, now, id, millis);
  }

  private boolean insert(Connection connection, String now, String id, long millis)
      throws SQLException {
    try (PreparedStatement insert =
        table.prepare(connection, "INSERT INTO # (id, expires_at) VALUES (?, " + now + " + ?)")) {
      insert.setString(1, id);
      insert.setLong(2, millis);
      insert.executeUpdate();
      return true;
    } catch (SQLException failure) {
      if (String.valueOf(failure.getSQLState()).startsWith(INTEGRITY_VIOLATION)) {
        return false;
      }
      throw failure;
    }
  }

  /** A row that has expired counts as none; of all who ask, one changes it. */
  private boolean revive(Connection connection, String now, String id, long millis)
      throws SQLException {
    try (PreparedStatement update =
        table.prepare(
            connection,
            "UPDATE # SET expires_at = " + now + " + ? WHERE id = ? AND expires_at <= " + now)) {
      update.setLong(1, millis);
      update.setString(2, id);
      return update.executeUpdate() == 1;
    }
  }
}
