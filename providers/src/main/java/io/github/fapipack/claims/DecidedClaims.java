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
 * The members of a document that rules and Keycloak determine, at one point in time. Keycloak keeps
 * known members in fields and all others in a map, and writes both: a known name in the map would
 * be in the JSON twice.
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

  /** The present members of a document, except those that a mapper with these rights may write. */
  static DecidedClaims of(Object document, MapperRights rights) {
    return new DecidedClaims(document, rights);
  }

  /** The names of the members that have changed since. */
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

  /** The audience at that time. */
  List<String> audience() {
    return fields.entrySet().stream()
        .filter(field -> MapperRights.AUDIENCE.equals(field.getKey().name()))
        .filter(field -> field.getValue() != null)
        .flatMap(field -> StreamSupport.stream(((JsonNode) field.getValue()).spliterator(), false))
        .map(JsonNode::asText)
        .toList();
  }

  /** Restores members of a document to their values, or removes them if they had none. */
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

  /** A member that Keycloak does not know; null if there is none. */
  static Object other(Object document, String name) {
    return map(document).get(name);
  }

  private boolean isDecidedInMap(Object document, String name) {
    if (!DecidedMembers.include(name, document instanceof AccessTokenResponse)) {
      return false;
    }
    // A mapper that may write roles writes them into their field; only ID tokens lack one.
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
