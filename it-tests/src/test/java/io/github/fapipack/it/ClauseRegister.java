package io.github.fapipack.it;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of CLAUSES.md, with one line about what each clause requires. */
final class ClauseRegister {
  /** Id, perhaps with a question mark, who has to keep it, and what it asks for. */
  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z][A-Z0-9-]* [^|?]+?)(?: \\?)? \\| [^|]+ \\| ([^|]+) \\|.*");

  private final Map<String, String> texts = new LinkedHashMap<>();

  private ClauseRegister() {}

  static ClauseRegister read() {
    ClauseRegister register = new ClauseRegister();
    new GeneratedFile("CLAUSES.md").read().lines().map(ROW::matcher).forEach(register::add);
    return register;
  }

  private void add(Matcher row) {
    if (row.matches() && texts.put(row.group(1), row.group(2)) != null) {
      throw new IllegalStateException("CLAUSES.md has two rows for " + row.group(1));
    }
  }

  /** What a clause requires; empty if the register does not have it. */
  Optional<String> text(String clause) {
    return Optional.ofNullable(texts.get(clause));
  }
}
