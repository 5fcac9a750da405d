package io.github.fapipack.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.ClaimRule;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * The single claims that a document contains because a request asked for them.
 *
 * @param rules the claims of the profile, by name
 * @param facts of the authorization
 */
record GivenClaims(Map<String, ClaimRule> rules, LoginFacts facts) {

  private static final Logger LOGGER = Logger.getLogger(GivenClaims.class);

  /** The claims with the id of the consent, which say nothing about the user. */
  ObjectNode ofConsent(String target) {
    ObjectNode given = JsonSerialization.mapper.createObjectNode();
    if (facts.consent() != null) {
      asked(target).keySet().stream()
          .filter(name -> rules.get(name).consent())
          .forEach(name -> given.put(name, facts.consent()));
    }
    return given;
  }

  /**
   * The claims about the user.
   *
   * @param scope the scopes that the user has granted
   */
  ObjectNode ofUser(String target, UserModel user, String scope) {
    Set<String> granted =
        new HashSet<>(Arrays.asList(scope == null ? new String[0] : scope.split(" ")));
    ObjectNode given = JsonSerialization.mapper.createObjectNode();
    asked(target)
        .forEach(
            (name, request) -> {
              ClaimRule rule = rules.get(name);
              if (rule.scopes().isEmpty() || rule.scopes().stream().anyMatch(granted::contains)) {
                request
                    .given(rule, ClaimValues.of(rule, user))
                    .ifPresent(values -> given.set(name, ClaimValues.json(rule, values)));
              }
            });
    return given;
  }

  private Map<String, RequestedClaim> asked(String target) {
    return RequestedClaims.read(rules, facts.claims().toString()).in(target);
  }

  /** Writes claims into a token, each into its field if it has one, so that none is there twice. */
  static void write(ObjectNode claims, Object token) {
    if (claims.isEmpty()) {
      return;
    }
    try {
      JsonSerialization.mapper.readerForUpdating(token).readValue(claims);
    } catch (IOException e) {
      LOGGER.warnf(
          "The claims %s cannot be given: a type in the ecosystem profile is not that of the claim",
          String.join(", ", claims.properties().stream().map(Map.Entry::getKey).toList()));
    }
  }
}
