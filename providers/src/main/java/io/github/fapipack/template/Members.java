package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes pieces of the JSON in a template. An object with the members {@code each} and {@code item}
 * becomes an array with an item for each element of a list.
 */
final class Members {

  private static final Set<String> ITERATION = Set.of("each", "item");

  private Members() {}

  /**
   * @param at where the JSON is in the template, as a JSON Pointer
   * @throws IllegalArgumentException with a sentence that begins with the place of the fault
   */
  static Piece parse(JsonNode json, Vocabulary vocabulary, String at) {
    if (json.isTextual()) {
      return text(json.textValue(), vocabulary, at);
    }
    if (json.isArray()) {
      return array(json, vocabulary, at);
    }
    if (!json.isObject()) {
      JsonNode constant = json.deepCopy();
      return values -> constant;
    }
    return json.has("each") ? each(json, vocabulary, at) : object(json, vocabulary, at);
  }

  /** Parses a text, and says where a fault is. */
  static Text text(String text, Vocabulary vocabulary, String at) {
    try {
      return Text.parse(text, vocabulary);
    } catch (IllegalArgumentException e) {
      throw fault(at, e.getMessage());
    }
  }

  private static Piece array(JsonNode json, Vocabulary vocabulary, String at) {
    List<Piece> items = new ArrayList<>();
    for (JsonNode item : json) {
      items.add(parse(item, vocabulary, at + "/" + items.size()));
    }
    return values -> {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
      for (Piece item : items) {
        JsonNode value = item.fill(values);
        if (value != null) {
          array.add(value);
        }
      }
      return array;
    };
  }

  private static Piece object(JsonNode json, Vocabulary vocabulary, String at) {
    Map<String, Piece> members = new LinkedHashMap<>();
    json.fields()
        .forEachRemaining(
            member ->
                members.put(
                    member.getKey(),
                    parse(member.getValue(), vocabulary, at + "/" + escaped(member.getKey()))));
    return values -> {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      members.forEach(
          (name, piece) -> {
            JsonNode value = piece.fill(values);
            if (value != null) {
              object.set(name, value);
            }
          });
      return object;
    };
  }

  private static Piece each(JsonNode json, Vocabulary vocabulary, String at) {
    if (json.size() != ITERATION.size() || !json.has("item")) {
      throw fault(at, "an object with the member each has a member item and no other");
    }
    String list = json.get("each").asText();
    String element =
        vocabulary
            .element(list)
            .orElseThrow(() -> fault(at + "/each", "there is no list '" + list + "' here"));
    Piece item = parse(json.get("item"), vocabulary.within(element), at + "/item");
    String owner = list.contains(".") ? list.substring(0, list.indexOf('.')) : "";
    String name = list.substring(list.indexOf('.') + 1);
    return values -> {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (JsonNode each : values.find(owner, name)) {
        JsonNode value = item.fill(values.with(element, (ObjectNode) each));
        if (value != null) {
          array.add(value);
        }
      }
      return array;
    };
  }

  static IllegalArgumentException fault(String at, String sentence) {
    return new IllegalArgumentException(at + ": " + sentence);
  }

  private static String escaped(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }
}
