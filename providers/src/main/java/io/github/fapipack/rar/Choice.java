package io.github.fapipack.rar;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rule.Clause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.keycloak.models.UserModel;

/**
 * A member for which the user picks among her own values (RFC 9396 7.1).
 *
 * @param member where they are written
 * @param userAttribute the user's attribute that holds all of hers
 * @param many whether she picks several, for an array of strings, or one string
 * @param names the attribute that may hold names of these values for her to read, each after the
 *     value and an equals sign; null for none
 */
@Clause("RFC9396 7.1-1")
public record Choice(JsonPointer member, String userAttribute, boolean many, String names) {

  public Choice {
    if (userAttribute == null || userAttribute.isBlank()) {
      throw new IllegalArgumentException("x-fapi.choose.userAttribute is missing");
    }
  }

  /** What the object names already; empty where the client leaves it to the user. */
  public List<String> named(ObjectNode detail) {
    JsonNode value = detail.at(member);
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList()
        : value.isTextual() ? List.of(value.textValue()) : List.of();
  }

  /** The values that the user may pick: her own; where the object names some, hers among these. */
  public List<String> own(ObjectNode detail, UserModel user) {
    List<String> named = named(detail);
    return user.getAttributeStream(userAttribute)
        .filter(value -> named.isEmpty() || named.contains(value))
        .distinct()
        .toList();
  }

  /** The names that the user has for her values; they are shown to her and given to nobody. */
  public Map<String, String> namesOf(UserModel user) {
    if (names == null || user == null) {
      return Map.of();
    }
    List<String> written = user.getAttributeStream(names).toList();
    Map<String, String> found = new HashMap<>();
    user.getAttributeStream(userAttribute)
        .forEach(
            value ->
                written.stream()
                    .filter(
                        name -> name.startsWith(value + "=") && name.length() > value.length() + 1)
                    .findFirst()
                    .ifPresent(name -> found.put(value, name.substring(value.length() + 1))));
    return found;
  }

  /**
   * The object with only those values that are the user's now.
   *
   * @return empty when it names some, and none of them is hers any more
   */
  Optional<ObjectNode> limitedTo(ObjectNode detail, UserModel user) {
    List<String> named = named(detail);
    List<String> own = named.isEmpty() ? named : own(detail, user);
    if (own.containsAll(named)) {
      return Optional.of(detail);
    }
    return own.isEmpty() ? Optional.empty() : Optional.of(write(detail, own));
  }

  /** Whether there is room for the member: what it lies in is an object, or nothing yet. */
  boolean fitsInto(ObjectNode detail) {
    JsonNode parent = detail.at(member.head());
    return parent.isObject() || parent.isMissingNode();
  }

  /** Whether the user can pick so many. */
  public boolean canHold(List<String> picked) {
    return !picked.isEmpty() && (many || picked.size() == 1);
  }

  /**
   * The object with what the user has picked.
   *
   * @throws IllegalArgumentException when it is none, or more than there can be
   */
  public ObjectNode write(ObjectNode detail, List<String> picked) {
    if (!canHold(picked)) {
      throw new IllegalArgumentException(many ? "pick one or more" : "pick exactly one");
    }
    ObjectNode chosen = detail.deepCopy();
    JsonPointer parent = member.head();
    ObjectNode holder = parent.matches() ? chosen : chosen.withObject(parent);
    String name = member.last().getMatchingProperty();
    if (many) {
      holder.remove(name);
      picked.forEach(holder.putArray(name)::add);
    } else {
      holder.put(name, picked.get(0));
    }
    return chosen;
  }
}
