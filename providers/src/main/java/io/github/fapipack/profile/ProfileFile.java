package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleSettings;
import io.github.fapipack.rule.Specification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.JsonSerialization;

/**
 * A profile with which a realm can be compared: one file of {@code realm-exports}, from which
 * everything here is derived. Its rules are read once, because they are needed for thousands of
 * clients.
 */
public final class ProfileFile {

  /**
   * A rule with the settings that the profile has for it.
   *
   * @param id the executor's id
   * @param configuration its settings as they are saved
   */
  public record RuleUse(String id, Map<String, Object> configuration) {

    /** The clause that a refusal of the rule names in this profile. */
    public String clause(Rule<?> rule) {
      return rule.clause(rule.settings().parse(configuration).specification());
    }

    /** The rule itself; empty if the executor is not one of the pack. */
    public Optional<Rule<?>> rule(KeycloakSession session) {
      return session
                  .getKeycloakSessionFactory()
                  .getProviderFactory(ClientPolicyExecutorProvider.class, id)
              instanceof Rule<?> rule
          ? Optional.of(rule)
          : Optional.empty();
    }
  }

  /** The realm attribute of a scheme's directory. */
  static final String DIRECTORY = "fapi.scheme";

  private final String name;
  private final JsonNode json;
  private final List<RuleUse> rules;
  private volatile List<RuleUse> rulesInForce;

  /**
   * @param name the file's name without its extension
   * @param json a realm, as Keycloak imports it; must not be changed afterwards
   */
  public ProfileFile(String name, JsonNode json) {
    this.name = name;
    this.json = json;
    Map<String, RuleUse> read = new LinkedHashMap<>();
    for (ClientProfileRepresentation profile : clientProfiles()) {
      uses(profile).forEach(use -> read.putIfAbsent(use.id(), use));
    }
    this.rules = List.copyOf(read.values());
  }

  public String name() {
    return name;
  }

  public JsonNode json() {
    return json;
  }

  /** The rules that a realm has already, as a profile; empty if it has none. */
  public static Optional<ProfileFile> ofRealm(KeycloakSession session, RealmModel realm) {
    RealmRules rules = RealmRules.of(session, realm);
    ObjectNode json = JsonSerialization.createObjectNode();
    ArrayNode executors =
        json.withObject("/clientProfiles")
            .withArray("/profiles")
            .addObject()
            .withArray("/executors");
    rules
        .configurations()
        .forEach(
            (id, settings) ->
                executors
                    .addObject()
                    .put("executor", id)
                    .set("configuration", JsonSerialization.mapper.valueToTree(settings)));
    try {
      json.set(
          "clientPolicies",
          JsonSerialization.mapper.valueToTree(
              session.clientPolicy().getClientPolicies(realm, false)));
    } catch (ClientPolicyException e) {
      return Optional.empty(); // policies that cannot be read have no effect
    }
    return rules.isEmpty() ? Optional.empty() : Optional.of(new ProfileFile(realm.getName(), json));
  }

  /** Whether it is that of a scheme's directory, and so nothing for other realms. */
  public boolean isOfDirectory() {
    return json.path("attributes").has(DIRECTORY);
  }

  /** The ecosystem that a realm with the profile names; empty for a profile of FAPI alone. */
  public Optional<String> ecosystem() {
    return Optional.ofNullable(json.at(RealmFields.ECOSYSTEM).textValue());
  }

  public String displayName() {
    return json.path("displayName").asText(name);
  }

  public List<ClientProfileRepresentation> clientProfiles() {
    return read(json.path("clientProfiles").path("profiles"), ClientProfileRepresentation.class);
  }

  public List<ClientPolicyRepresentation> clientPolicies() {
    return read(json.path("clientPolicies").path("policies"), ClientPolicyRepresentation.class);
  }

  /** The specification whose clauses refusals of its rules name. */
  public Specification specification() {
    return rules().stream()
        .map(use -> use.configuration().get(RuleSettings.SPECIFICATION))
        .filter(Objects::nonNull)
        .findFirst()
        .map(name -> Specification.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT)))
        .orElse(Specification.FAPI2);
  }

  /** All rules of the profile, in their order. */
  public List<RuleUse> rules() {
    return rules;
  }

  /** All rules of the profile and the standing rules that it does not name. */
  public List<RuleUse> rulesInForce(KeycloakSession session) {
    if (rulesInForce == null) {
      rulesInForce = withStanding(session);
    }
    return rulesInForce;
  }

  private List<RuleUse> withStanding(KeycloakSession session) {
    Map<String, Object> settings =
        rules.stream()
            .map(use -> use.configuration().get(RuleSettings.SPECIFICATION))
            .filter(Objects::nonNull)
            .findFirst()
            .map(value -> Map.of(RuleSettings.SPECIFICATION, value))
            .orElse(Map.of());
    return Stream.concat(
            rules.stream(),
            Rule.standing(session)
                .map(Rule::getId)
                .filter(id -> rules.stream().noneMatch(use -> use.id().equals(id)))
                .map(id -> new RuleUse(id, settings)))
        .toList();
  }

  /** Whether the profile has a rule. */
  public boolean has(Class<? extends Rule<?>> rule) {
    return rules().stream().anyMatch(use -> use.id().equals(Rule.id(rule)));
  }

  /** The settings that the profile has for a rule, if it has the rule. */
  public <S extends Record> Optional<S> settings(
      KeycloakSession session, Class<? extends Rule<S>> rule) {
    return rules().stream()
        .filter(use -> use.id().equals(Rule.id(rule)))
        .findFirst()
        .flatMap(
            use ->
                use.rule(session)
                    .map(rule::cast)
                    .map(found -> found.settings().parse(use.configuration()).settings()));
  }

  /** The signature algorithms that one of the profile's rules allows. */
  public List<String> algorithms(Class<? extends Rule<?>> rule) {
    return rules().stream()
        .filter(use -> use.id().equals(Rule.id(rule)))
        .map(use -> use.configuration().get("algorithms"))
        .filter(List.class::isInstance)
        .map(names -> ((List<?>) names).stream().map(String::valueOf).toList())
        .findFirst()
        .orElse(Algorithms.ALLOWED);
  }

  /** The executors of a client profile. */
  public static List<RuleUse> uses(ClientProfileRepresentation profile) {
    return profile.getExecutors() == null
        ? List.of()
        : profile.getExecutors().stream()
            .map(
                executor ->
                    new RuleUse(
                        executor.getExecutorProviderId(), values(executor.getConfiguration())))
            .toList();
  }

  @SuppressWarnings("unchecked") // the keys of a JSON object are always texts
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
