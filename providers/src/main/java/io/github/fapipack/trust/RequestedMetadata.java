package io.github.fapipack.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.Presence;
import io.github.fapipack.ecosystem.StatementMembers.Kind;
import io.github.fapipack.ecosystem.StatementMembers.Relation;
import io.github.fapipack.rule.Refusal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The client metadata of a request, checked against the statement and completed from it: the values
 * of the statement have priority (RFC 7591 3.1.1).
 */
final class RequestedMetadata {

  private static final String REDIRECT_URIS = "redirect_uris";
  private static final String SCOPE = "scope";

  /** The values that RFC 7591 2 and OpenID Connect Registration 2 give to absent members. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "token_endpoint_auth_method", "client_secret_basic",
          "id_token_signed_response_alg", "RS256");

  private final EcosystemProfile profile;
  private final ObjectNode claims;
  private final ObjectNode members;

  /**
   * @param asked the members of the request, without the statement
   */
  RequestedMetadata(EcosystemProfile profile, ObjectNode claims, ObjectNode asked) {
    this.profile = profile;
    this.claims = claims;
    this.members = asked.deepCopy();
  }

  /**
   * The metadata to be registered.
   *
   * @throws Refusal {@code invalid_redirect_uri} or {@code invalid_client_metadata}
   */
  ObjectNode check() throws Refusal {
    for (Relation relation : profile.statement().metadata()) {
      check(relation);
    }
    force();
    complete();
    for (Map.Entry<String, List<String>> allowed : profile.client().allowed().entrySet()) {
      checkAllowed(allowed.getKey(), allowed.getValue());
    }
    return members;
  }

  private void check(Relation relation) throws Refusal {
    String member = relation.member();
    JsonNode asked = members.get(member);
    boolean isAsked = asked != null && !asked.isNull();
    if (relation.kind() == Kind.FORBIDDEN) {
      if (isAsked) {
        throw refusal(member, "must not be in the request", "leave it out");
      }
      members.remove(member);
      return;
    }
    JsonNode vouched = relation.claim().one(claims).orElse(null);
    if (!isAsked || relation.kind() == Kind.TAKEN) {
      take(relation, vouched);
    } else if (vouched == null) {
      throw refusal(member, "is not in the software statement", "leave it out");
    } else if (relation.kind() == Kind.EQUAL && !asked.equals(vouched)) {
      throw refusal(
          member,
          "differs from " + relation.claim().name() + " of the software statement",
          "send the same value, or leave it out");
    } else if (relation.kind() == Kind.SUBSET) {
      checkSubset(relation, asked, vouched);
    }
  }

  private void take(Relation relation, JsonNode vouched) throws Refusal {
    if (relation.presence() == Presence.REQUIRED && relation.kind() != Kind.TAKEN) {
      throw refusal(relation.member(), "is missing", "send it");
    }
    if (vouched == null) {
      members.remove(relation.member());
    } else {
      members.set(relation.member(), vouched.deepCopy());
    }
  }

  private void checkSubset(Relation relation, JsonNode asked, JsonNode vouched) throws Refusal {
    String member = relation.member();
    Set<JsonNode> limits = elements(vouched);
    if (member.equals(SCOPE) && Roles.ignoresUnknownScopes(profile)) {
      members.put(
          SCOPE,
          String.join(
              " ",
              elements(asked).stream().filter(limits::contains).map(JsonNode::asText).toList()));
      return;
    }
    if (elements(asked).isEmpty() && relation.presence() == Presence.REQUIRED) {
      throw refusal(member, "is empty", "send at least one value");
    }
    if (!limits.containsAll(elements(asked))) {
      throw refusal(
          member,
          "has a value that is not in " + relation.claim().name() + " of the software statement",
          "send only values of the statement");
    }
  }

  /** The elements of a list, or the words of a text; in the order in which they stand. */
  private static Set<JsonNode> elements(JsonNode value) {
    Set<JsonNode> elements = new java.util.LinkedHashSet<>();
    if (value.isArray()) {
      value.forEach(elements::add);
    } else if (value.isTextual()) {
      Arrays.stream(value.textValue().trim().split(" +"))
          .filter(word -> !word.isEmpty())
          .map(JsonNodeFactory.instance::textNode)
          .forEach(elements::add);
    } else {
      elements.add(value);
    }
    return elements;
  }

  private void force() throws Refusal {
    if (profile.client().forced() == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> forced : profile.client().forced().properties()) {
      JsonNode asked = members.get(forced.getKey());
      if (asked != null && !asked.isNull() && !asked.equals(forced.getValue())) {
        throw refusal(
            forced.getKey(),
            "must have the value " + text(forced.getValue()),
            "send this value, or leave it out");
      }
      members.set(forced.getKey(), forced.getValue().deepCopy());
    }
  }

  private void complete() {
    if (profile.client().defaults() != null) {
      profile
          .client()
          .defaults()
          .properties()
          .forEach(
              standard -> {
                if (!members.hasNonNull(standard.getKey())) {
                  members.set(standard.getKey(), standard.getValue().deepCopy());
                }
              });
    }
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private void checkAllowed(String member, List<String> allowed) throws Refusal {
    JsonNode asked = members.get(member);
    if (asked == null || asked.isNull()) {
      String standard = DEFAULTS.get(member);
      if (standard != null && !allowed.contains(standard)) {
        members.put(member, allowed.get(0));
      }
      return;
    }
    Set<String> values = new HashSet<>();
    if (asked instanceof ArrayNode list) {
      list.forEach(value -> values.add(value.asText()));
    } else {
      values.add(asked.asText());
    }
    if (!allowed.containsAll(values)) {
      throw refusal(
          member, "must be among " + String.join(", ", allowed), "choose one of these values");
    }
  }

  private static Refusal refusal(String member, String wrong, String remedy) {
    return new Refusal(
        member.equals(REDIRECT_URIS) ? "invalid_redirect_uri" : "invalid_client_metadata",
        member + " " + wrong,
        remedy);
  }
}
