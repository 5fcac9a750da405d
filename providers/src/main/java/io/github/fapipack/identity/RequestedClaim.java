package io.github.fapipack.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.ClaimRule;
import io.github.fapipack.rule.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * How a request asks for one claim (OpenID Connect Core 5.5.1).
 *
 * @param essential whether the authorization must fail if the claim cannot have a requested value
 * @param alternatives what the value must be: all texts of one of these lists; empty for any value
 */
record RequestedClaim(boolean essential, List<List<String>> alternatives) {

  private static final String ESSENTIAL = "essential";
  private static final String VALUE = "value";
  private static final String VALUES = "values";
  private static final int MOST_VALUES = 20;
  private static final int LONGEST_VALUE = 200;

  /**
   * Parses the request for a claim; null stands for a voluntary claim with any value.
   *
   * @throws Refusal {@code invalid_request}
   */
  static RequestedClaim of(String name, ClaimRule rule, JsonNode sent) throws Refusal {
    if (sent.isNull()) {
      return new RequestedClaim(false, List.of());
    }
    if (!(sent instanceof ObjectNode)) {
      throw wrong(name);
    }
    JsonNode essential = sent.path(ESSENTIAL);
    if (!essential.isMissingNode() && !essential.isBoolean()) {
      throw wrong(name);
    }
    List<List<String>> alternatives = new ArrayList<>();
    if (sent.has(VALUE)) {
      alternatives.add(texts(name, rule, sent.get(VALUE)));
    }
    if (sent.has(VALUES)) {
      if (!sent.get(VALUES).isArray() || sent.get(VALUES).isEmpty()) {
        throw wrong(name);
      }
      for (JsonNode value : sent.get(VALUES)) {
        alternatives.add(texts(name, rule, value));
      }
    }
    if (alternatives.size() > MOST_VALUES) {
      throw wrong(name);
    }
    return new RequestedClaim(essential.booleanValue(), List.copyOf(alternatives));
  }

  private static List<String> texts(String name, ClaimRule rule, JsonNode value) throws Refusal {
    List<JsonNode> nodes =
        rule.type() == ClaimRule.Type.ARRAY && value.isArray()
            ? StreamSupport.stream(value.spliterator(), false).toList()
            : List.of(value);
    List<String> texts = new ArrayList<>();
    for (JsonNode node : nodes) {
      boolean fits = rule.type() == ClaimRule.Type.BOOLEAN ? node.isBoolean() : node.isTextual();
      if (!fits || node.asText().length() > LONGEST_VALUE) {
        throw wrong(name);
      }
      texts.add(node.asText());
    }
    if (texts.isEmpty() || texts.size() > MOST_VALUES) {
      throw wrong(name);
    }
    return List.copyOf(texts);
  }

  private static Refusal wrong(String name) {
    return Refusal.invalidRequest(
        "claims: the request for " + name + " is malformed",
        "send null, or an object with a boolean essential and up to "
            + MOST_VALUES
            + " values of the claim's type and of up to "
            + LONGEST_VALUE
            + " characters");
  }

  /** What the claim is for a user with these values; empty if it is left out. */
  Optional<List<String>> given(ClaimRule rule, List<String> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (!alternatives.isEmpty()) {
      return alternatives.stream().filter(values::containsAll).findFirst();
    }
    return Optional.of(rule.type() == ClaimRule.Type.ARRAY ? values : values.subList(0, 1));
  }

  /** Whether the authorization of a user with these values must fail. */
  boolean fails(List<String> values) {
    return essential
        && !alternatives.isEmpty()
        && alternatives.stream().noneMatch(values::containsAll);
  }
}
