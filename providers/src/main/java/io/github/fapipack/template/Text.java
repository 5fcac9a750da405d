package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders. If it is nothing but one placeholder, the value keeps its JSON type;
 * otherwise values become parts of the text. Without one of its values there is no text.
 */
final class Text implements Piece {

  private static final Pattern PART = Pattern.compile("\\{([^{}]*)\\}|([^{}]+)");

  private final List<Piece> parts;

  private Text(List<Piece> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * @throws IllegalArgumentException if a placeholder is not one of the vocabulary
   */
  static Text parse(String text, Vocabulary vocabulary) {
    List<Piece> parts = new ArrayList<>();
    boolean single = true;
    int end = 0;
    Matcher matcher = PART.matcher(text);
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      single = single && end == text.length();
      if (matcher.group(1) == null) {
        TextNode constant = TextNode.valueOf(matcher.group(2));
        parts.add(values -> constant);
      } else {
        parts.add(part(Placeholder.parse(matcher.group(1), vocabulary), single));
      }
    }
    if (end != text.length()) {
      throw new IllegalArgumentException("braces can only enclose a placeholder");
    }
    return new Text(parts);
  }

  private static Placeholder part(Placeholder placeholder, boolean single) {
    if (!single && !placeholder.isText()) {
      throw new IllegalArgumentException("a list cannot be a part of a text unless it is |joined");
    }
    return placeholder;
  }

  @Override
  public JsonNode fill(Values values) {
    if (parts.size() == 1) {
      return parts.get(0).fill(values);
    }
    StringBuilder text = new StringBuilder();
    for (Piece part : parts) {
      JsonNode value = part.fill(values);
      if (value == null) {
        return null;
      }
      text.append(value.asText());
    }
    return TextNode.valueOf(text.toString());
  }
}
