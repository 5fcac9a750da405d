package io.github.fapipack.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The processor time of a PostgreSQL: of its processes, and of those that have ended. */
final class PostgresCost {
  private final FamilyCost processes;

  PostgresCost(EmbeddedPostgres postgres) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      processes =
          new FamilyCost(
              ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nanoseconds; 0 if the system does not report it. */
  long cpu() {
    return processes.cpu();
  }
}
