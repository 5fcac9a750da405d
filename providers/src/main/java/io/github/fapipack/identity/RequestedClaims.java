package io.github.fapipack.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.ClaimRule;
import io.github.fapipack.rule.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * The single claims that a request asks for, of those that the ecosystem's profile lists; all
 * others are ignored (OpenID Connect Core 5.5).
 *
 * @param rules the claims of the profile, by name
 * @param asked the requests for claims, by the document that they are for, then by name
 */
record RequestedClaims(
    Map<String, ClaimRule> rules, Map<String, Map<String, RequestedClaim>> asked) {

  static final String ID_TOKEN = "id_token";
  static final String USERINFO = "userinfo";

  /** Nothing that is asked for may make tokens long. */
  private static final int LONGEST = 2000;

  /**
   * Reads a {@code claims} parameter.
   *
   * @param claims the parameter as it was sent, or null
   * @throws Refusal {@code invalid_request} if the request for a claim of the profile is malformed
   */
  static RequestedClaims of(Map<String, ClaimRule> rules, JsonNode claims) throws Refusal {
    Map<String, Map<String, RequestedClaim>> asked = new LinkedHashMap<>();
    int length = 0;
    for (String target : List.of(ID_TOKEN, USERINFO)) {
      Map<String, RequestedClaim> found = new LinkedHashMap<>();
      if (claims != null && claims.path(target) instanceof ObjectNode named) {
        for (Map.Entry<String, JsonNode> claim : named.properties()) {
          ClaimRule rule = rules.get(claim.getKey());
          if (rule != null) {
            found.put(claim.getKey(), RequestedClaim.of(claim.getKey(), rule, claim.getValue()));
            length += claim.getKey().length() + claim.getValue().toString().length();
          }
        }
      }
      asked.put(target, found);
    }
    if (length > LONGEST) {
      throw Refusal.invalidRequest(
          "claims: the requests for single claims have more than " + LONGEST + " characters");
    }
    return new RequestedClaims(rules, asked);
  }

  /**
   * Reads what was checked before.
   *
   * @param claims JSON text, or null
   */
  static RequestedClaims read(Map<String, ClaimRule> rules, String claims) {
    try {
      return of(rules, claims == null ? null : JsonSerialization.mapper.readTree(claims));
    } catch (JsonProcessingException | Refusal e) {
      return new RequestedClaims(rules, Map.of());
    }
  }

  /** The requests for claims in a document, by name. */
  Map<String, RequestedClaim> in(String target) {
    return asked.getOrDefault(target, Map.of());
  }

  /**
   * Checks that the scope allows to ask for values: a client that may not have a claim could
   * otherwise try out its values.
   *
   * @param scope the scope of the request, or null
   * @throws Refusal {@code invalid_request}
   */
  void requireScopes(String scope) throws Refusal {
    List<String> sent = scope == null ? List.of() : List.of(scope.split(" "));
    for (Map<String, RequestedClaim> claims : asked.values()) {
      for (Map.Entry<String, RequestedClaim> claim : claims.entrySet()) {
        List<String> scopes = rules.get(claim.getKey()).scopes();
        if (!claim.getValue().alternatives().isEmpty()
            && !scopes.isEmpty()
            && scopes.stream().noneMatch(sent::contains)) {
          throw Refusal.invalidRequest(
              "claims: a value of " + claim.getKey() + " needs one of the scopes " + scopes);
        }
      }
    }
  }

  /** Whether the claims of a user contradict an essential value that was asked for. */
  boolean fail(UserModel user) {
    return asked.values().stream()
        .flatMap(claims -> claims.entrySet().stream())
        .filter(claim -> !rules.get(claim.getKey()).consent())
        .anyMatch(claim -> claim.getValue().fails(ClaimValues.of(rules.get(claim.getKey()), user)));
  }

  /** Only what the profile lists, as JSON that {@link #read} reads again. */
  ObjectNode reduced(JsonNode claims) {
    ObjectNode reduced = JsonSerialization.mapper.createObjectNode();
    asked.forEach(
        (target, found) -> {
          if (!found.isEmpty()) {
            reduced.set(
                target, ((ObjectNode) claims.path(target)).deepCopy().retain(found.keySet()));
          }
        });
    return reduced;
  }
}
