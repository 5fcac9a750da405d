package io.github.fapipack.scheme;

import java.util.Locale;

/** A text to search for, as a pattern of the database. */
final class SearchText {

  private SearchText() {}

  /** Matches what contains the text; databases reject U+0000 in queries. */
  static String like(String text) {
    String plain =
        text.strip()
            .replace("\0", "")
            .replace("!", "!!")
            .replace("%", "!%")
            .replace("_", "!_")
            .toLowerCase(Locale.ROOT);
    return "%" + plain + "%";
  }
}
