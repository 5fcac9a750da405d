package io.github.fapipack.claims;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.claims.DecidedMembers.Member;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.JsonSerialization;

/**
 * The members of a document that rules and Keycloak decide, as they stood at one time. Keycloak
 * keeps members that it knows in fields and all others in a map, and writes both: a known name in
 * the map stands in the JSON twice.
 */
final class DecidedClaims {

  private final MapperRights rights;
  private final IdentityHashMap<Member<?>, Object> fields = new IdentityHashMap<>();
  private final Map<String, JsonNode> map = new HashMap<>();

  private DecidedClaims(Object document, MapperRights rights) {
    this.rights = rights;
    for (Member<?> member : DecidedMembers.of(document)) {
      if (!rights.decides().contains(member.name())) {
        fields.put(member, member.read(document));
      }
    }
    map(document)
        .forEach(
            (name, value) -> {
              if (isDecidedInMap(document, name)) {
                map.put(name, json(value));
              }
            });
  }

  /** What stands in a document now, but for what a mapper with these rights may write. */
  static DecidedClaims of(Object document, MapperRights rights) {
    return new DecidedClaims(document, rights);
  }

  /** The names of the members that are not now as they were. */
  Set<String> changedIn(Object now) {
    Set<String> changed = new TreeSet<>();
    fields.forEach(
        (member, before) -> {
          if (!Objects.equals(before, member.read(now))) {
            changed.add(member.name());
          }
        });
    Map<String, Object> others = map(now);
    map.keySet().stream().filter(name -> !others.containsKey(name)).forEach(changed::add);
    others.forEach(
        (name, value) -> {
          if (isDecidedInMap(now, name) && !Objects.equals(map.get(name), json(value))) {
            changed.add(name);
          }
        });
    return changed;
  }

  /** The audience as it was. */
  List<String> audience() {
    return fields.entrySet().stream()
        .filter(field -> MapperRights.AUDIENCE.equals(field.getKey().name()))
        .filter(field -> field.getValue() != null)
        .flatMap(field -> StreamSupport.stream(((JsonNode) field.getValue()).spliterator(), false))
        .map(JsonNode::asText)
        .toList();
  }

  /** Gives members of a document the value that they had, which may be none. */
  void restore(Object now, Set<String> names) {
    fields.forEach(
        (member, before) -> {
          if (names.contains(member.name()) && !Objects.equals(before, member.read(now))) {
            member.write(now, before);
          }
        });
    for (String name : names) {
      if (map.containsKey(name)) {
        map(now).put(name, JsonSerialization.mapper.convertValue(map.get(name), Object.class));
      } else {
        map(now).remove(name);
      }
    }
  }

  /** What a document has beside the members that Keycloak knows; null for nothing of that name. */
  static Object other(Object document, String name) {
    return map(document).get(name);
  }

  private boolean isDecidedInMap(Object document, String name) {
    if (!DecidedMembers.include(name, document instanceof AccessTokenResponse)) {
      return false;
    }
    // Whoever may write roles writes them into their field; only an ID token has none.
    return !rights.decides().contains(name)
        || (MapperRights.ROLES.contains(name) && document instanceof AccessToken);
  }

  private static Map<String, Object> map(Object document) {
    return document instanceof AccessTokenResponse response
        ? response.getOtherClaims()
        : ((JsonWebToken) document).getOtherClaims();
  }

  private static JsonNode json(Object value) {
    return JsonSerialization.mapper.valueToTree(value);
  }
}
