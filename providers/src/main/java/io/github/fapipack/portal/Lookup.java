package io.github.fapipack.portal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A search in a list, by a text and one choice. */
final class Lookup {

  private static final int LONGEST = 100;

  private Lookup() {}

  /** The text to look for; null if there is none. */
  static String text(PortalRequest request) {
    String text = request.query("text");
    if (text == null || text.isBlank()) {
      return null;
    }
    String stripped = text.strip();
    return stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped;
  }

  /**
   * The form.
   *
   * @param options the values of the choice, with a text for each
   */
  static Map<String, Object> model(
      Words words,
      String address,
      String text,
      String choice,
      String chosen,
      Map<String, String> options) {
    Map<String, Object> model = new HashMap<>();
    model.put("address", address);
    model.put("text", text == null ? "" : text);
    model.put("choice", choice);
    model.put("label", words.of("search." + choice));
    model.put("chosen", chosen == null ? "" : chosen);
    model.put("options", new TreeMap<>(options));
    return model;
  }

  /** The address of the list with the search. */
  static String address(String address, String text, String choice, String chosen) {
    return address
        + "?"
        + choice
        + "="
        + Encoded.of(chosen == null ? "" : chosen)
        + "&text="
        + Encoded.of(text == null ? "" : text);
  }
}
