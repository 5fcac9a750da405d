package io.github.fapipack.portal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page with a form that changes something; it is sent to its own address. */
final class Form {

  /** The field with the version of what is changed. */
  static final String VERSION = "version";

  private final String title;
  private final Map<String, Object> model = new HashMap<>();
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Map<String, String> hidden = new LinkedHashMap<>();
  private final List<String> paragraphs = new ArrayList<>();
  private final List<Map<String, Object>> facts = new ArrayList<>();
  private final List<Map<String, Object>> code = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param button what sending it does
   * @param cancel where the visitor came from
   */
  Form(String title, String button, String cancel) {
    this.title = title;
    model.put("button", button);
    model.put("cancel", cancel);
    model.put("paragraphs", paragraphs);
    model.put("facts", facts);
    model.put("code", code);
    model.put("problems", problems);
    model.put("danger", false);
  }

  Form paragraph(String words) {
    paragraphs.add(words);
    return this;
  }

  Form fact(String name, Cell value) {
    facts.add(Map.of("name", name, "value", value.model()));
    return this;
  }

  Form code(String name, String text) {
    code.add(Map.of("name", name, "text", text));
    return this;
  }

  Form field(Field field) {
    fields.put(field.name(), field);
    return this;
  }

  /** Fills in what is there now. */
  Form value(String field, String value) {
    fields.get(field).value(value);
    return this;
  }

  Form hidden(String name, String value) {
    hidden.put(name, value);
    return this;
  }

  Form version(long version) {
    return hidden(VERSION, String.valueOf(version));
  }

  /** Marks a change that cannot be taken back. */
  Form dangerous() {
    model.put("danger", true);
    return this;
  }

  /** A link to something else that can be done. */
  Form other(String words, String address) {
    model.put("other", Map.of("words", words, "address", address));
    return this;
  }

  /** Keeps what was sent. */
  Form keep(Sent sent) {
    fields.values().forEach(field -> field.take(sent));
    return this;
  }

  /** What people know a field by; null if the form has none of that name. */
  String label(String field) {
    Field named = fields.get(field);
    return named == null ? null : (String) named.model().get("label");
  }

  /** Shows what is wrong, at the field if there is one with that name. */
  Form problem(String field, String words) {
    Field wrong = fields.get(field);
    if (wrong == null) {
      problems.add(words);
    } else {
      wrong.problem(words);
    }
    return this;
  }

  String title() {
    return title;
  }

  Map<String, Object> model(String stateChecker) {
    model.put("hidden", hidden);
    model.put(
        "multipart",
        fields.values().stream().anyMatch(field -> "file".equals(field.model().get("kind"))));
    model.put("fields", fields.values().stream().map(Field::model).toList());
    model.put("stateChecker", stateChecker);
    return model;
  }
}
