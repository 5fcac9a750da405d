package io.github.fapipack.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Multiplies rows of a PostgreSQL together with all rows that refer to them, whatever tables these
 * are in: a client with its attributes and mappers, a user with the credentials, a whole realm.
 */
final class RowCopies {
  /** What requests have left; it is multiplied only if asked for. */
  private static final Set<String> LEFT_BY_REQUESTS =
      Set.of(
          "admin_event_entity",
          "event_entity",
          "fapi_grant",
          "offline_client_session",
          "offline_user_session",
          "user_consent",
          "user_consent_client_scope");

  private static final String COLUMNS =
      """
      select c.table_name, c.column_name, c.data_type from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        order by c.table_name, c.ordinal_position
      """;

  private final Connection connection;
  private final Map<String, Map<String, String>> tables;

  /** Rows of the database as it is now. */
  RowCopies(Connection connection) throws SQLException {
    this.connection = connection;
    this.tables = tables(connection);
  }

  /**
   * Adds copies of the row with the numbers {@code from} to {@code to}.
   *
   * @return how many rows were added to all tables
   */
  long add(Original original, long from, long to) throws SQLException {
    Set<String> ids = new HashSet<>(Set.of(original.id()));
    Map<String, Set<Map<String, String>>> found = withReferences(original, ids);
    if (found.get(original.table()) == null) {
      throw new IllegalStateException(original.table() + " has no row " + original.id());
    }
    long rows = 0;
    try (Statement statement = connection.createStatement()) {
      // Rows come in any order, and what they refer to is there in the end.
      statement.execute("set session_replication_role = replica");
      for (Map.Entry<String, Set<Map<String, String>>> table : found.entrySet()) {
        for (Map<String, String> row : table.getValue()) {
          RowCopy copy = new RowCopy(original, ids, tables.get(table.getKey()));
          rows += statement.executeLargeUpdate(copy.sql(table.getKey(), row, from, to));
        }
      }
      statement.execute("set session_replication_role = default");
    }
    return rows;
  }

  /** The rows by table; adds their ids until no more rows refer to one. */
  private Map<String, Set<Map<String, String>>> withReferences(Original original, Set<String> ids)
      throws SQLException {
    Map<String, Set<Map<String, String>>> found = new LinkedHashMap<>();
    int before;
    do {
      before = ids.size();
      for (String table : tables.keySet()) {
        if (table.equals(original.table()) || belongs(table, original)) {
          Set<Map<String, String>> rows = rows(table, ids);
          if (!rows.isEmpty()) {
            found.put(table, rows);
          }
        }
      }
      found.values().forEach(rows -> rows.forEach(row -> addId(row, ids)));
    } while (ids.size() > before);
    return found;
  }

  private static boolean belongs(String table, Original original) {
    return !LEFT_BY_REQUESTS.contains(table) || table.startsWith(original.table() + "_");
  }

  private static void addId(Map<String, String> row, Set<String> ids) {
    if (row.get("id") != null) {
      ids.add(row.get("id"));
    }
    // A random value where a user has no address, as the column must be unique.
    String address = row.get("email_constraint");
    if (address != null && address.length() == 36 && !address.contains("@")) {
      ids.add(address);
    }
  }

  private Set<Map<String, String>> rows(String table, Set<String> ids) throws SQLException {
    List<String> conditions = new ArrayList<>();
    tables
        .get(table)
        .forEach(
            (column, type) -> {
              if (type.equals("character varying")) {
                conditions.add(column + " = any (?)");
              }
            });
    if (conditions.isEmpty()) {
      return Set.of();
    }
    String sql = "select * from " + table + " where " + String.join(" or ", conditions);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= conditions.size(); i++) {
        statement.setArray(i, connection.createArrayOf("varchar", ids.toArray()));
      }
      return read(statement, tables.get(table).keySet());
    }
  }

  private static Set<Map<String, String>> read(PreparedStatement statement, Set<String> columns)
      throws SQLException {
    Set<Map<String, String>> rows = new HashSet<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (String column : columns) {
          row.put(column, result.getString(column));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Map<String, Map<String, String>> tables(Connection connection)
      throws SQLException {
    Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(COLUMNS)) {
      while (result.next()) {
        tables
            .computeIfAbsent(result.getString(1), fresh -> new LinkedHashMap<>())
            .put(result.getString(2), result.getString(3));
      }
    }
    return tables;
  }
}
