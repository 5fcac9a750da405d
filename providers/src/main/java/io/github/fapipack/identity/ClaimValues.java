package io.github.fapipack.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.ecosystem.ClaimRule;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/** What a user's claims are, from the user's attributes and properties. */
final class ClaimValues {

  private ClaimValues() {}

  /** The values of a claim; empty if the user has none in the right format. */
  static List<String> of(ClaimRule rule, UserModel user) {
    return all(rule, user).filter(value -> value != null && rule.fits(value)).distinct().toList();
  }

  private static Stream<String> all(ClaimRule rule, UserModel user) {
    if (rule.attribute() != null) {
      return user.getAttributeStream(rule.attribute());
    }
    if (rule.property() == null) {
      return Stream.of();
    }
    return Stream.ofNullable(
        switch (rule.property()) {
          case USERNAME -> user.getUsername();
          case EMAIL -> user.getEmail();
          case EMAIL_VERIFIED -> String.valueOf(user.isEmailVerified());
          case FIRST_NAME -> user.getFirstName();
          case LAST_NAME -> user.getLastName();
        });
  }

  /** The values in the form that tokens have. */
  static JsonNode json(ClaimRule rule, List<String> values) {
    return switch (rule.type()) {
      case STRING -> TextNode.valueOf(values.get(0));
      case BOOLEAN -> BooleanNode.valueOf(Boolean.parseBoolean(values.get(0)));
      case ARRAY -> {
        ArrayNode list = JsonSerialization.mapper.createArrayNode();
        values.forEach(list::add);
        yield list;
      }
    };
  }
}
