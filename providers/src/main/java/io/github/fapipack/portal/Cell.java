package io.github.fapipack.portal;

import io.github.fapipack.scheme.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A value on a page: text, and how it is shown. */
final class Cell {

  private final Map<String, Object> model = new HashMap<>();

  private Cell(String words) {
    model.put("words", words == null ? "" : words);
  }

  /** A text of the pages themselves. */
  static Cell text(String words) {
    return new Cell(words);
  }

  /** A text from somebody else, which is marked as such. */
  static Cell quoted(String words) {
    return new Cell(Words.name(words)).with("quoted", true);
  }

  /** Something that is copied, such as an address: always from left to right. */
  static Cell code(String words) {
    return new Cell(Words.name(words)).with("code", true);
  }

  /** Several values. */
  static Cell list(List<Cell> cells) {
    return new Cell("").with("list", cells.stream().map(Cell::model).toList());
  }

  static Cell standing(Words words, Standing standing) {
    return new Cell(words.of(standing)).mark(standing.jsonName());
  }

  /** A state, with a colour besides its words. */
  Cell mark(String kind) {
    return with("mark", kind);
  }

  /** Makes it a link. */
  Cell to(String address) {
    return with("address", address);
  }

  /** A link that needs more words for those who do not see where it stands. */
  Cell to(String address, String name) {
    return to(address).with("name", name);
  }

  /** More about it, in small letters. */
  Cell note(String words) {
    return words == null || words.isEmpty() ? this : with("note", words);
  }

  private Cell with(String name, Object value) {
    model.put(name, value);
    return this;
  }

  Map<String, Object> model() {
    return model;
  }
}
