package io.github.fapipack.resourceserver.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;

/** Deletes the rows that have expired: a batch per second and node at most. */
final class ExpiredRows {
  private static final System.Logger LOG = System.getLogger(ExpiredRows.class.getName());
  private static final int BATCH = 2_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final ReplayTable table;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  ExpiredRows(ReplayTable table) {
    this.table = table;
  }

  /** Starts a deletion if none was lately; nobody waits for it, and it reports its failures. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void deleteNowAndThen() {
    long due = next.get();
    long now = System.nanoTime();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_AFTER_FAILURE.toNanos())) {
      ForkJoinPool.commonPool().execute(this::deleteOrReport);
    }
  }

  private void deleteOrReport() {
    try {
      table.with(this::deleteBatch);
      next.set(System.nanoTime() + PAUSE.toNanos());
    } catch (SQLException | RuntimeException failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Expired rows of the table of used proofs could not be deleted; the next attempt follows"
              + " in a minute",
          failure);
    }
  }

  /** MySQL has no LIMIT in a subquery, so the rows are looked up first. */
  private Void deleteBatch(Connection connection) throws SQLException {
    String now = table.now(connection);
    // In one order on all nodes, so that two of them never wait for each other.
    Set<String> ids = new TreeSet<>();
    try (PreparedStatement query =
            table.prepare(
                connection, "SELECT id FROM # WHERE expires_at <= " + now + " LIMIT " + BATCH);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    // Asks for the time once more: a row may have been used again in between.
    try (PreparedStatement delete =
        table.prepare(connection, "DELETE FROM # WHERE id = ? AND expires_at <= " + now)) {
      for (String id : ids) {
        delete.setString(1, id);
        delete.addBatch();
      }
      delete.executeBatch();
    }
    return null;
  }
}
