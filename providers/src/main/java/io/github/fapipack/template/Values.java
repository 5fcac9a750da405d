package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What is filled into a template: things by their names, each with its values. A value that is
 * null, blank or absent leaves out what it would be filled into. Texts are values only: nothing in
 * them is read as a placeholder, as JSON or as a part of a name.
 */
public final class Values {

  private static final JsonNode NONE = JsonNodeFactory.instance.missingNode();

  private final String thing;
  private final ObjectNode members;
  private final Values others;

  private Values(String thing, ObjectNode members, Values others) {
    this.thing = thing;
    this.members = members;
    this.others = others;
  }

  /**
   * Values that belong to no thing, such as {@code issuer}, and lists such as {@code
   * organisations}.
   */
  public static Values of(ObjectNode members) {
    return new Values("", members, null);
  }

  /** These values and those of one more thing, such as {@code organisation}. */
  public Values with(String name, ObjectNode values) {
    return new Values(name, values, this);
  }

  /**
   * A value or a list.
   *
   * @param owner the name of a thing, or empty
   */
  JsonNode find(String owner, String name) {
    for (Values each = this; each != null; each = each.others) {
      if (each.thing.equals(owner)) {
        return each.members.path(name);
      }
    }
    return NONE;
  }

  /** A text without characters that have no place in documents and names, or null. */
  static String clean(String text) {
    // Nearly all are plain, and a list of participants has a hundred thousand of them.
    String kept = isPrintableAscii(text) ? text : withoutControls(text);
    return kept.isBlank() ? null : kept.strip();
  }

  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String withoutControls(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The texts of a list that are not blank. */
  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : list) {
      String text = clean(each.asText());
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }
}
