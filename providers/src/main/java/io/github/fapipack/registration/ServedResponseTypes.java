package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authorization.RequireCodeResponseType;
import io.github.fapipack.fapi1.RestrictResponseType;
import io.github.fapipack.rule.RealmRules;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;

/**
 * The response types that the rules of a realm allow. Keycloak only stores whether a client may use
 * the code and the implicit flow, and returns all types that these allow.
 */
final class ServedResponseTypes {

  private static final String MEMBER = "response_types";

  private ServedResponseTypes() {}

  /** Those of the current realm; empty if it does not restrict them. */
  static Optional<List<String>> of(KeycloakSession session) {
    RealmRules rules = RealmRules.of(session);
    if (rules.enforce(RequireCodeResponseType.class)) {
      return Optional.of(List.of(OAuth2Constants.CODE));
    }
    return rules.enforce(RestrictResponseType.class)
        ? Optional.of(RestrictResponseType.TYPES)
        : Optional.empty();
  }

  /** Whether a type is among them; the order of its words has no meaning. */
  static boolean has(List<String> served, String type) {
    return type != null && served.stream().anyMatch(one -> words(one).equals(words(type)));
  }

  private static Set<String> words(String type) {
    return new HashSet<>(Arrays.asList(type.split(" ")));
  }

  /** Removes the others from the metadata of a client. */
  static void retain(ObjectNode metadata, List<String> served) {
    if (metadata.get(MEMBER) instanceof ArrayNode types) {
      ArrayNode left = metadata.putArray(MEMBER);
      for (JsonNode type : types) {
        if (has(served, type.asText())) {
          left.add(type);
        }
      }
    }
  }
}
