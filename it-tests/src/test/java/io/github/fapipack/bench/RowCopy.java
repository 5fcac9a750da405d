package io.github.fapipack.bench;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The SQL that multiplies one row.
 *
 * @param ids of all rows that are multiplied together
 * @param types of the table's columns
 */
record RowCopy(Original original, Set<String> ids, Map<String, String> types) {

  String sql(String table, Map<String, String> row, long from, long to) {
    boolean root = original.id().equals(row.get("id"));
    String values =
        row.keySet().stream()
            .map(
                column ->
                    root && original.columns().containsKey(column)
                        ? original.columns().get(column)
                        : value(row.get(column), types.get(column)))
            .collect(Collectors.joining(", "));
    return "insert into %s (%s) select %s from generate_series(%d, %d) as n"
        .formatted(table, "\"" + String.join("\", \"", row.keySet()) + "\"", values, from, to);
  }

  private String value(String value, String type) {
    if (value == null) {
      return "null";
    }
    if (ids.contains(value)) {
      return Original.copyOf(value, "n");
    }
    String number = original.numbers().get(value);
    if (number != null && value.length() == 36) {
      return Original.copyOf(value, number);
    }
    String text = "'" + value.replace("'", "''") + "'";
    for (Map.Entry<String, String> name : original.numbers().entrySet()) {
      if (value.contains(name.getKey())) {
        text = "replace(%s, '%s', '%2$s-' || (%s))".formatted(text, name.getKey(), name.getValue());
      }
    }
    return "cast(%s as %s)".formatted(text, type);
  }
}
