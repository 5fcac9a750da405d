package io.github.fapipack.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a realm from an export, without random values: names instead of ids and positions.
 */
final class RealmState {
  private RealmState() {}

  static JsonNode of(AdminClient admin, String realm) {
    JsonNode export =
        admin
            .send(
                "POST",
                "/" + realm + "/partial-export?exportClients=true&exportGroupsAndRoles=true",
                null)
            .json();
    return normal(Json.parse(export.toString().replace(realm, "REALM")));
  }

  /** The places at which two states differ. */
  static List<String> differences(JsonNode one, JsonNode other) {
    List<String> found = new ArrayList<>();
    compare("", one, other, found);
    return found;
  }

  private static void compare(String place, JsonNode one, JsonNode other, List<String> found) {
    if (one.isObject() && other.isObject()) {
      Set<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(place + "/" + name, one.path(name), other.path(name), found));
    } else if (!one.equals(other)) {
      found.add(place + ": " + one + " instead of " + other);
    }
  }

  private static JsonNode normal(JsonNode json) {
    if (json.isObject()) {
      ObjectNode object = Json.object();
      json.properties().stream()
          .filter(member -> !Set.of("id", "containerId", "secret").contains(member.getKey()))
          .forEach(member -> object.set(member.getKey(), normal(member.getValue())));
      return object;
    }
    return json.isArray() ? list(json) : json;
  }

  /** Lists of named objects become objects, so that a difference has a name. */
  private static JsonNode list(JsonNode json) {
    TreeMap<String, JsonNode> named = new TreeMap<>();
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode element : json) {
      JsonNode value = normal(element);
      all.add(value);
      for (String name : List.of("clientId", "alias", "name", "executor", "condition")) {
        if (value.path(name).isTextual()) {
          named.put(value.path(name).asText() + value.path("subType").asText(), value);
          break;
        }
      }
    }
    if (!all.isEmpty() && named.size() == all.size()) {
      ObjectNode object = Json.object();
      named.forEach(object::set);
      return object;
    }
    ArrayNode sorted = Json.object().arrayNode();
    all.stream().sorted(Comparator.comparing(JsonNode::toString)).forEach(sorted::add);
    return sorted;
  }
}
