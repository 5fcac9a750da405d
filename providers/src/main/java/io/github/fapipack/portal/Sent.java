package io.github.fapipack.portal;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The content of a form that was sent.
 *
 * @param values by the name of the field
 * @param file null if the form has no file, or none was chosen
 */
record Sent(MultivaluedMap<String, String> values, SentFile file) {

  /** A form without a file. */
  static Sent form(KeycloakSession session) {
    return new Sent(session.getContext().getHttpRequest().getDecodedFormParameters(), null);
  }

  /** The text of a field without blanks around it; empty if there is none. */
  String text(String name) {
    return Optional.ofNullable(values.getFirst(name)).map(String::strip).orElse("");
  }

  /** The same; null if it is empty. */
  String textOrNull(String name) {
    String text = text(name);
    return text.isEmpty() ? null : text;
  }

  /** The same, with its lines as one. */
  String oneLine(String name) {
    String text = textOrNull(name);
    return text == null ? null : text.replaceAll("[\\s]+", " ");
  }

  /** All values of a field. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .map(value -> value == null ? "" : value)
        .toList();
  }

  /** The lines of a field that are not empty. */
  List<String> lines(String name) {
    return text(name).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** The version that the form was made from; -1 if it is not a number. */
  long version() {
    String version = text(Form.VERSION);
    return version.matches("[0-9]{1,18}") ? Long.parseLong(version) : -1;
  }
}
