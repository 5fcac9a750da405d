package io.github.fapipack.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The differences between two exports of a realm; Keycloak stores many lists as sets, in any order.
 */
final class Exports {
  private Exports() {}

  /** The places at which they differ, each with both values. */
  static List<String> differences(JsonNode one, JsonNode other) {
    List<String> found = new ArrayList<>();
    compare("", sorted(one), sorted(other), found);
    return found;
  }

  private static void compare(String place, JsonNode one, JsonNode other, List<String> found) {
    if (one.equals(other)) {
      return;
    }
    if (one.isObject() && other.isObject()) {
      Set<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(place + "/" + name, one.path(name), other.path(name), found));
    } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        compare(place + "/" + i, one.path(i), other.path(i), found);
      }
    } else {
      found.add(place + ": " + shortened(one) + " / " + shortened(other));
    }
  }

  private static String shortened(JsonNode json) {
    String text = json.toString();
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  private static JsonNode sorted(JsonNode json) {
    if (json.isObject()) {
      ObjectNode object = Json.object();
      json.properties().forEach(entry -> object.set(entry.getKey(), sorted(entry.getValue())));
      return object;
    }
    if (json.isArray()) {
      ArrayNode array = Json.object().arrayNode();
      Doctor.list(json).stream()
          .map(Exports::sorted)
          .sorted(Comparator.comparing(JsonNode::toString))
          .forEach(array::add);
      return array;
    }
    return json;
  }
}
