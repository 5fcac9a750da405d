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
 * A member whose value the user picks from the values of a user attribute (RFC 9396 7.1).
 *
 * @param member where the picked values are written
 * @param userAttribute the user's attribute with all available values
 * @param many whether the user picks several (an array of strings) or one (a string)
 * @param names the user attribute with display names, each written as value, equals sign, name;
 *     null for none
 */
@Clause("RFC9396 7.1-1")
public record Choice(JsonPointer member, String userAttribute, boolean many, String names) {

  public Choice {
    if (userAttribute == null || userAttribute.isBlank()) {
      throw new IllegalArgumentException("x-fapi.choose.userAttribute is missing");
    }
  }

  /**
   * The values that the object contains already; empty if the client leaves the choice to the user.
   */
  public List<String> named(ObjectNode detail) {
    JsonNode value = detail.at(member);
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList()
        : value.isTextual() ? List.of(value.textValue()) : List.of();
  }

  /**
   * The values that the user may pick: the user's own; if the object contains some, only those
   * among them.
   */
  public List<String> own(ObjectNode detail, UserModel user) {
    List<String> named = named(detail);
    return user.getAttributeStream(userAttribute)
        .filter(value -> named.isEmpty() || named.contains(value))
        .distinct()
        .toList();
  }

  /** The display names of the user's values; they are shown to the user only. */
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
   * The object without the values that no longer belong to the user.
   *
   * @return empty if the object had values and none is left
   */
  Optional<ObjectNode> limitedTo(ObjectNode detail, UserModel user) {
    List<String> named = named(detail);
    List<String> own = named.isEmpty() ? named : own(detail, user);
    if (own.containsAll(named)) {
      return Optional.of(detail);
    }
    return own.isEmpty() ? Optional.empty() : Optional.of(write(detail, own));
  }

  /** Whether the member can be written: its parent is an object or absent. */
  boolean fitsInto(ObjectNode detail) {
    JsonNode parent = detail.at(member.head());
    return parent.isObject() || parent.isMissingNode();
  }

  /** Whether the member can hold that many values. */
  public boolean canHold(List<String> picked) {
    return !picked.isEmpty() && (many || picked.size() == 1);
  }

  /**
   * The object with the values that the user has picked.
   *
   * @throws IllegalArgumentException if nothing was picked, or more than the member can hold
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
