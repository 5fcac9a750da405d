package io.github.fapipack.resourceserver.replay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** A database that is down while a test wants it to be. */
final class SwitchedDatabase extends FakeDatabase {
  final AtomicLong asked = new AtomicLong();
  volatile boolean off;
  private final DataSource database;

  SwitchedDatabase(DataSource database) {
    this.database = database;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (off) {
      asked.incrementAndGet();
      throw new SQLException("down");
    }
    return database.getConnection();
  }
}
