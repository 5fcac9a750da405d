package io.github.fapipack.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Condition;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.PolicyStep;
import io.github.fapipack.rule.PolicyVote;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.JsonConfigComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.representations.idm.ClientPolicyConditionConfigurationRepresentation;
import org.keycloak.representations.idm.ClientPolicyConditionRepresentation;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.representations.idm.ClientPolicyExecutorRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyMode;
import org.keycloak.services.clientpolicy.ClientPolicyVote;
import org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProvider;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The enabled client policies of a realm, parsed and ready for use. Keycloak parses them from the
 * realm's JSON on every event; here the pack's rules and conditions are looked up and their
 * configuration is converted once. Other executors and conditions are created anew each time, as
 * Keycloak does, because they may keep or change the configuration that they get.
 */
final class Policies {

  private record Policy(
      boolean strict, List<PolicyVote> votes, List<PolicyStep> standing, List<PolicyStep> steps) {

    /** As in Keycloak: no NO, at least one YES, and in strict mode no ABSTAIN. */
    boolean applies(KeycloakSession session, ClientPolicyContext context)
        throws ClientPolicyException {
      boolean applies = false;
      for (PolicyVote vote : votes) {
        ClientPolicyVote voted = vote.of(session, context);
        if (voted == ClientPolicyVote.NO || (voted == ClientPolicyVote.ABSTAIN && strict)) {
          return false;
        }
        applies |= voted == ClientPolicyVote.YES;
      }
      return applies;
    }
  }

  private final List<Policy> policies;

  private Policies(List<Policy> policies) {
    this.policies = policies;
  }

  /**
   * Builds the policies of a realm.
   *
   * @param profiles those of the realm, then the global ones
   * @throws RuntimeException if an enabled policy has an unknown mode or condition
   */
  static Policies build(
      KeycloakSession session,
      RealmModel realm,
      List<ClientPolicyRepresentation> policies,
      List<ClientProfileRepresentation> profiles) {
    Reader reader = new Reader(session, realm.getId(), profiles);
    return new Policies(
        policies.stream()
            .filter(policy -> policy.getName() != null && Boolean.TRUE.equals(policy.isEnabled()))
            .map(reader::policy)
            .toList());
  }

  /**
   * Runs all executors of each policy that applies, in their order, and its standing rules last.
   * When a client is saved, standing rules run first, because executors may change the client that
   * was sent.
   *
   * @throws ClientPolicyException the first refusal
   */
  void trigger(KeycloakSession session, ClientPolicyContext context) throws ClientPolicyException {
    boolean saving = context instanceof ClientCRUDContext;
    if (saving) {
      for (Policy policy : policies) {
        if (!policy.standing.isEmpty() && policy.applies(session, context)) {
          run(policy.standing, session, context);
        }
      }
    }
    for (Policy policy : policies) {
      if (policy.applies(session, context)) {
        run(policy.steps, session, context);
        if (!saving) {
          run(policy.standing, session, context);
        }
      }
    }
  }

  private static void run(
      List<PolicyStep> steps, KeycloakSession session, ClientPolicyContext context)
      throws ClientPolicyException {
    for (PolicyStep step : steps) {
      step.run(session, context);
    }
  }

  private record Reader(
      KeycloakSession session, String realmId, List<ClientProfileRepresentation> profiles) {

    Policy policy(ClientPolicyRepresentation policy) {
      List<ClientPolicyExecutorRepresentation> executors =
          orEmpty(policy.getProfiles()).stream()
              .flatMap(name -> profile(name).stream())
              .flatMap(profile -> orEmpty(profile.getExecutors()).stream())
              .toList();
      return new Policy(
          policy.getMode() != null
              && ClientPolicyMode.valueOf(policy.getMode().toUpperCase(Locale.ROOT))
                  == ClientPolicyMode.STRICT,
          orEmpty(policy.getConditions()).stream().map(this::vote).toList(),
          Stream.concat(
                  executors.stream().filter(this::isStanding).map(this::step), standing(executors))
              .toList(),
          executors.stream().filter(saved -> !isStanding(saved)).map(this::step).toList());
    }

    /**
     * The standing rules that the policy's profiles do not name; none if the policy has no rules of
     * the pack.
     */
    private Stream<PolicyStep> standing(List<ClientPolicyExecutorRepresentation> executors) {
      List<Map<String, Object>> ours =
          executors.stream()
              .filter(saved -> rule(saved.getExecutorProviderId()).isPresent())
              .map(Reader::values)
              .toList();
      if (ours.isEmpty()) {
        return Stream.empty();
      }
      Map<String, Object> configuration = new HashMap<>();
      if (ours.stream().allMatch(RealmRules::onlyReports)) {
        configuration.put(RuleSettings.MODE, Mode.REPORT.name());
      }
      ours.stream()
          .map(values -> values.get(RuleSettings.SPECIFICATION))
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(value -> configuration.put(RuleSettings.SPECIFICATION, value));
      return Rule.standing(session)
          .filter(
              rule ->
                  executors.stream()
                      .noneMatch(saved -> rule.getId().equals(saved.getExecutorProviderId())))
          .map(rule -> rule.with(configuration));
    }

    private boolean isStanding(ClientPolicyExecutorRepresentation saved) {
      return rule(saved.getExecutorProviderId()).filter(Rule::isStanding).isPresent();
    }

    private Optional<Rule<?>> rule(String id) {
      return factory(ClientPolicyExecutorProvider.class, id) instanceof Rule<?> own
          ? Optional.of(own)
          : Optional.empty();
    }

    private static Map<String, Object> values(ClientPolicyExecutorRepresentation saved) {
      return convert(
              saved.getConfiguration(), ClientPolicyExecutorConfigurationRepresentation.class)
          .getConfigAsMap();
    }

    private Optional<ClientProfileRepresentation> profile(String name) {
      return profiles.stream().filter(profile -> name.equals(profile.getName())).findFirst();
    }

    private PolicyVote vote(ClientPolicyConditionRepresentation saved) {
      String id = saved.getConditionProviderId();
      ProviderFactory<?> factory = factory(ClientPolicyConditionProvider.class, id);
      if (factory == null) {
        throw new IllegalStateException("Condition with provider ID " + id + " not found");
      }
      if (factory instanceof Condition<?> own) {
        ClientPolicyConditionConfigurationRepresentation configuration =
            convert(
                saved.getConfiguration(), ClientPolicyConditionConfigurationRepresentation.class);
        PolicyVote vote = own.with(configuration);
        boolean negated = Boolean.TRUE.equals(configuration.isNegativeLogic());
        return (session, context) -> counted(vote.of(session, context), negated);
      }
      ComponentModel model =
          model(ClientPolicyConditionProvider.class, id, saved.getConfiguration());
      return (session, context) -> {
        ClientPolicyConditionProvider<ClientPolicyConditionConfigurationRepresentation> condition =
            provider(session, ClientPolicyConditionProvider.class, model);
        condition.setupConfiguration(
            convert(saved.getConfiguration(), condition.getConditionConfigurationClass()));
        return counted(condition.applyPolicy(context), condition.isNegativeLogic());
      };
    }

    private PolicyStep step(ClientPolicyExecutorRepresentation saved) {
      String id = saved.getExecutorProviderId();
      Optional<Rule<?>> own = rule(id);
      if (own.isPresent()) {
        return own.get().with(values(saved));
      }
      ComponentModel model =
          model(ClientPolicyExecutorProvider.class, id, saved.getConfiguration());
      return (session, context) -> {
        ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> executor =
            provider(session, ClientPolicyExecutorProvider.class, model);
        if (executor == null) {
          throw new IllegalStateException("Executor with provider ID " + id + " not found");
        }
        executor.setupConfiguration(
            convert(saved.getConfiguration(), executor.getExecutorConfigurationClass()));
        executor.executeOnEvent(context);
      };
    }

    private ProviderFactory<?> factory(Class<? extends Provider> type, String id) {
      return session.getKeycloakSessionFactory().getProviderFactory(type, id);
    }

    private ComponentModel model(
        Class<? extends Provider> type, String id, JsonNode configuration) {
      return new JsonConfigComponentModel(type, realmId, id, configuration);
    }
  }

  private static ClientPolicyVote counted(ClientPolicyVote vote, boolean negated) {
    if (!negated || vote == ClientPolicyVote.ABSTAIN) {
      return vote;
    }
    return vote == ClientPolicyVote.YES ? ClientPolicyVote.NO : ClientPolicyVote.YES;
  }

  @SuppressWarnings("unchecked") // Keycloak's own interfaces are raw here
  private static <P extends Provider> P provider(
      KeycloakSession session, Class<? super P> type, ComponentModel model) {
    return (P) session.getComponentProvider((Class<Provider>) type, model.getId(), any -> model);
  }

  private static <C> C convert(JsonNode configuration, Class<C> type) {
    C converted = JsonSerialization.mapper.convertValue(configuration, type);
    return converted != null
        ? converted
        : JsonSerialization.mapper.convertValue(Map.of(), type); // nothing configured: the defaults
  }

  private static <E> List<E> orEmpty(List<E> list) {
    return list == null ? List.of() : list;
  }
}
