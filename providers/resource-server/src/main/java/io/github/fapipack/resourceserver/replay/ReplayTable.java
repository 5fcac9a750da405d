package io.github.fapipack.resourceserver.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The table of a {@link JdbcReplayStore}, and how statements reach it. */
final class ReplayTable {
  private static final System.Logger LOG = System.getLogger(ReplayTable.class.getName());
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]{0,47}\\.)?[A-Za-z_][A-Za-z0-9_]{0,47}");

  private final DataSource database;
  private final String name;
  private final Duration timeout;
  private volatile String nowOrNull;

  ReplayTable(DataSource database, String name, Duration timeout) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of the table must consist of letters, digits and underscores");
    }
    this.database = database;
    this.name = name;
    this.timeout = timeout;
  }

  /** What to do with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Does something, each statement for itself, and leaves the connection as it was. */
  <T> T with(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      int networkTimeout = connection.getNetworkTimeout();
      connection.setAutoCommit(true);
      // The timeout of a statement does not help where the network swallows it.
      connection.setNetworkTimeout(Runnable::run, (int) timeout.plusSeconds(1).toMillis());
      try {
        return work.with(connection);
      } finally {
        restore(connection, networkTimeout, autoCommit);
      }
    }
  }

  private static void restore(Connection connection, int networkTimeout, boolean autoCommit) {
    try {
      connection.setNetworkTimeout(Runnable::run, networkTimeout);
      connection.setAutoCommit(autoCommit);
    } catch (SQLException broken) {
      LOG.log(System.Logger.Level.DEBUG, "A connection broke; its pool has to replace it", broken);
    }
  }

  /** A statement in which {@code #} stands for the table. */
  PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.replace("#", name));
    statement.setQueryTimeout((int) timeout.toSeconds());
    return statement;
  }

  /** The time of the database in milliseconds, as an expression. */
  String now(Connection connection) throws SQLException {
    String now = nowOrNull;
    if (now == null) {
      String product = connection.getMetaData().getDatabaseProductName();
      boolean mysql = product.contains("MySQL") || product.contains("MariaDB");
      now =
          mysql
              ? "CAST(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000 AS SIGNED)"
              : "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
      nowOrNull = now;
    }
    return now;
  }

  /** Makes the table, unless it is there; several nodes may try it at once. */
  void create() throws SQLException {
    try {
      with(this::create);
    } catch (SQLException failure) {
      if (!with(this::exists)) {
        throw failure;
      }
    }
  }

  private Void create(Connection connection) throws SQLException {
    if (!exists(connection)) {
      execute(
          connection,
          "CREATE TABLE # (id VARCHAR(64) NOT NULL PRIMARY KEY, expires_at BIGINT NOT NULL)");
      String index = name.substring(name.indexOf('.') + 1) + "_expiry";
      execute(connection, "CREATE INDEX " + index + " ON # (expires_at)");
    }
    return null;
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql)) {
      statement.execute();
    }
  }

  private boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement query =
        prepare(connection, "SELECT id, expires_at FROM # WHERE 1 = 0")) {
      query.executeQuery().close();
      return true;
    } catch (SQLException missing) {
      // If that was not the reason, what follows fails too, and says why.
      return false;
    }
  }
}
