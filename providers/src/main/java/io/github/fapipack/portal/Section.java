package io.github.fapipack.portal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A part of a page with a heading of its own. */
final class Section {

  private final Map<String, Object> model = new HashMap<>();
  private final List<String> paragraphs = new ArrayList<>();
  private final List<Map<String, Object>> facts = new ArrayList<>();
  private final List<Map<String, Object>> links = new ArrayList<>();
  private final List<Map<String, Object>> code = new ArrayList<>();
  private final List<List<Map<String, Object>>> rows = new ArrayList<>();

  /**
   * @param id within the page
   */
  Section(String id, String heading) {
    model.put("id", id);
    model.put("heading", heading);
    model.put("paragraphs", paragraphs);
    model.put("facts", facts);
    model.put("links", links);
    model.put("code", code);
  }

  Section paragraph(String words) {
    paragraphs.add(words);
    return this;
  }

  /** Something that must not be overlooked. */
  Section warning(String words) {
    model.put("warning", words);
    return this;
  }

  Section fact(String name, Cell value) {
    facts.add(Map.of("name", name, "value", value.model()));
    return this;
  }

  /** The same, unless there is nothing to say. */
  Section factIf(String name, String text, Cell value) {
    return text == null || text.isEmpty() ? this : fact(name, value);
  }

  /** A text to be copied. */
  Section code(String name, String text) {
    code.add(Map.of("name", name, "text", text));
    return this;
  }

  Section link(String words, String address) {
    links.add(Map.of("words", words, "address", address, "main", false));
    return this;
  }

  Section linkIf(boolean may, String words, String address) {
    return may ? link(words, address) : this;
  }

  /** What most visitors come for. */
  Section mainIf(boolean may, String words, String address) {
    if (may) {
      links.add(Map.of("words", words, "address", address, "main", true));
    }
    return this;
  }

  /** Makes it a table; the first column names the row. */
  Section columns(String... names) {
    model.put("columns", Arrays.asList(names));
    model.put("rows", rows);
    return this;
  }

  Section row(Cell... cells) {
    rows.add(Stream.of(cells).map(Cell::model).toList());
    return this;
  }

  /** What is said instead of a table without rows. */
  Section otherwise(String words) {
    if (rows.isEmpty()) {
      model.remove("columns");
      paragraphs.add(words);
    }
    return this;
  }

  /** A form that only looks something up. */
  Section search(Map<String, Object> search) {
    model.put("search", search);
    return this;
  }

  /** Links to the parts of a long list before and after this one. */
  Section paging(Paging paging) {
    model.put("paging", paging.model());
    return this;
  }

  Map<String, Object> model() {
    return model;
  }
}
