package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.it.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in values for {@code ${name}} in JSON: inside a text as text, and a text that is nothing
 * else becomes the value itself, which may be an object.
 */
final class Template {
  private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z0-9.]+)}");

  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  Template with(String name, String value) {
    return with(name, TextNode.valueOf(value));
  }

  Template with(String name, JsonNode value) {
    values.put(name, value);
    return this;
  }

  /** Further values, which may contain those that are known. */
  Template with(JsonNode named) {
    named.properties().forEach(entry -> with(entry.getKey(), fill(entry.getValue())));
    return this;
  }

  /** The same values, for adding others. */
  Template copy() {
    Template copy = new Template();
    copy.values.putAll(values);
    return copy;
  }

  /** A copy of the JSON with all values filled in; fails if one is unknown. */
  JsonNode fill(JsonNode json) {
    if (json.isTextual()) {
      return fill(json.textValue());
    }
    if (json.isArray()) {
      ArrayNode filled = Json.object().arrayNode();
      json.forEach(element -> filled.add(fill(element)));
      return filled;
    }
    if (json.isObject()) {
      ObjectNode filled = Json.object();
      json.properties().forEach(entry -> filled.set(entry.getKey(), fill(entry.getValue())));
      return filled;
    }
    return json;
  }

  private JsonNode fill(String text) {
    Matcher whole = NAME.matcher(text);
    if (whole.matches()) {
      return value(whole.group(1));
    }
    return TextNode.valueOf(
        NAME.matcher(text)
            .replaceAll(name -> Matcher.quoteReplacement(value(name.group(1)).asText())));
  }

  private JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("There is no value for ${" + name + "}");
    }
    return value;
  }

  /**
   * A JSON Merge Patch (RFC 7396): objects are merged, null removes, everything else replaces. What
   * is missing changes nothing.
   */
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (patch.isMissingNode()) {
      return target;
    }
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode merged = Json.object();
    if (target.isObject()) {
      merged.setAll((ObjectNode) target);
    }
    patch
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
              } else {
                merged.set(entry.getKey(), merge(merged.path(entry.getKey()), entry.getValue()));
              }
            });
    return merged;
  }
}
