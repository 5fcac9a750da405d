package io.github.fapipack.bench;

import java.util.Map;

/**
 * A row that {@link RowCopies} multiplies.
 *
 * @param table in lower case, with the primary key {@code id}
 * @param numbers texts that each copy has with a number of its own, as an SQL expression of the
 *     copy's number {@code n}: a name gets it as a suffix, the id of another row that was
 *     multiplied becomes that of its copy
 * @param columns other values of the row itself, as SQL expressions of {@code n}
 */
record Original(String table, String id, Map<String, String> numbers, Map<String, String> columns) {

  Original {
    numbers = Map.copyOf(numbers);
    columns = Map.copyOf(columns);
  }

  /** A row in whose copies and everything that refers to them a name gets the copy's number. */
  static Original named(String table, String id, String name) {
    return new Original(table, id, Map.of(name, "n"), Map.of());
  }

  /** The SQL expression of the id that the copy with this number has. */
  static String copyOf(String id, String number) {
    return "cast(cast(md5('%s' || (%s)) as uuid) as varchar)".formatted(id, number);
  }
}
