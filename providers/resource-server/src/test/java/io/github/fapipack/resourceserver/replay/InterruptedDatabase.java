package io.github.fapipack.resourceserver.replay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A database in which another node does something right before each UPDATE. */
final class InterruptedDatabase extends FakeDatabase {
  private final DataSource database;
  private final String interruption;

  InterruptedDatabase(DataSource database, String interruption) {
    this.database = database;
    this.interruption = interruption;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = database.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              boolean update =
                  method.getName().equals("prepareStatement")
                      && arguments[0].toString().startsWith("UPDATE");
              if (update) {
                interrupt();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void interrupt() throws SQLException {
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute(interruption);
    }
  }
}
