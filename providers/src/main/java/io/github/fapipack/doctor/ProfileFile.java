package io.github.fapipack.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.security.Algorithms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.JsonSerialization;

/**
 * A profile that a realm can be held against: one file of {@code realm-exports}, from which
 * everything here is derived.
 *
 * @param name the file's name without its ending
 * @param json a realm, as Keycloak imports it
 */
record ProfileFile(String name, JsonNode json) {

  /**
   * A rule with the settings that the profile gives to it.
   *
   * @param id the executor's id
   * @param configuration its settings as they are saved
   */
  record RuleUse(String id, Map<String, Object> configuration) {

    /** The clause that the rule is held for in this profile. */
    String clause(Rule<?> rule) {
      return rule.clause(rule.settings().parse(configuration).specification());
    }

    /** The rule itself; none if the executor is not one of ours. */
    Optional<Rule<?>> rule(KeycloakSession session) {
      return session
                  .getKeycloakSessionFactory()
                  .getProviderFactory(ClientPolicyExecutorProvider.class, id)
              instanceof Rule<?> rule
          ? Optional.of(rule)
          : Optional.empty();
    }
  }

  String displayName() {
    return json.path("displayName").asText(name);
  }

  List<ClientProfileRepresentation> clientProfiles() {
    return read(json.path("clientProfiles").path("profiles"), ClientProfileRepresentation.class);
  }

  List<ClientPolicyRepresentation> clientPolicies() {
    return read(json.path("clientPolicies").path("policies"), ClientPolicyRepresentation.class);
  }

  /** All rules of the profile, in their order. */
  List<RuleUse> rules() {
    Map<String, RuleUse> rules = new LinkedHashMap<>();
    for (ClientProfileRepresentation profile : clientProfiles()) {
      uses(profile).forEach(use -> rules.putIfAbsent(use.id(), use));
    }
    return List.copyOf(rules.values());
  }

  /** Whether the profile has a rule. */
  boolean has(Class<? extends Rule<?>> rule) {
    return rules().stream().anyMatch(use -> use.id().equals(Rule.id(rule)));
  }

  /** The signature algorithms that one of the profile's rules lets through. */
  List<String> algorithms(Class<? extends Rule<?>> rule) {
    return rules().stream()
        .filter(use -> use.id().equals(Rule.id(rule)))
        .map(use -> use.configuration().get("algorithms"))
        .filter(List.class::isInstance)
        .map(names -> ((List<?>) names).stream().map(String::valueOf).toList())
        .findFirst()
        .orElse(Algorithms.ALLOWED);
  }

  /** The executors of a client profile. */
  static List<RuleUse> uses(ClientProfileRepresentation profile) {
    return profile.getExecutors() == null
        ? List.of()
        : profile.getExecutors().stream()
            .map(
                executor ->
                    new RuleUse(
                        executor.getExecutorProviderId(), values(executor.getConfiguration())))
            .toList();
  }

  @SuppressWarnings("unchecked") // a JSON object has no other keys than texts
  private static Map<String, Object> values(JsonNode configuration) {
    return configuration == null || !configuration.isObject()
        ? Map.of()
        : JsonSerialization.mapper.convertValue(configuration, Map.class);
  }

  private static <T> List<T> read(JsonNode list, Class<T> type) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(entry -> JsonSerialization.mapper.convertValue(entry, type))
        .toList();
  }
}
