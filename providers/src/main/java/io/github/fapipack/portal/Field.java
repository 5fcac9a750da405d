package io.github.fapipack.portal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A field of a form. */
final class Field {

  private final String name;
  private final Map<String, Object> model = new HashMap<>();
  private final List<Map<String, Object>> options = new ArrayList<>();

  private Field(String name, String kind, String label) {
    this.name = name;
    model.put("name", name);
    model.put("kind", kind);
    model.put("label", label);
    model.put("value", "");
    model.put("options", options);
  }

  /** A line of text. */
  static Field line(String name, String label) {
    return new Field(name, "line", label);
  }

  /** Several lines of text. */
  static Field lines(String name, String label) {
    return new Field(name, "lines", label);
  }

  /** An address, or lines of something that is copied: from left to right in every language. */
  Field copied() {
    model.put("copied", true);
    return this;
  }

  static Field file(String name, String label, String accept) {
    Field field = new Field(name, "file", label);
    field.model.put("accept", accept);
    return field;
  }

  /** Something to choose one of. */
  static Field choice(String name, String label) {
    return new Field(name, "choice", label);
  }

  /** Something to choose any number of. */
  static Field checks(String name, String label) {
    return new Field(name, "checks", label);
  }

  Field option(String value, String words) {
    options.add(new HashMap<>(Map.of("value", value, "words", words, "chosen", false)));
    return this;
  }

  Field hint(String words) {
    model.put("hint", words);
    return this;
  }

  Field optional(String words) {
    model.put("optional", words);
    return this;
  }

  /** As browsers name what they can fill in (HTML 4.10.18.7). */
  Field type(String type, String autocomplete) {
    model.put("type", type);
    model.put("autocomplete", autocomplete);
    return this;
  }

  Field value(String value) {
    model.put("value", value == null ? "" : value);
    return chosen(value == null ? Set.of() : Set.of(value));
  }

  Field chosen(Set<String> values) {
    options.forEach(option -> option.put("chosen", values.contains((String) option.get("value"))));
    return this;
  }

  /** Takes what was sent. */
  void take(Sent sent) {
    if (model.get("kind").equals("checks")) {
      chosen(Set.copyOf(sent.all(name)));
    } else if (!model.get("kind").equals("file")) {
      value(sent.text(name));
    }
  }

  void problem(String words) {
    model.put("problem", words);
  }

  String name() {
    return name;
  }

  Map<String, Object> model() {
    return model;
  }
}
