package io.github.fapipack.engine;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Condition;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.common.Profile;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.representations.idm.ClientPolicyConditionConfigurationRepresentation;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.representations.idm.ClientPolicyExecutorRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.securityprofile.SecurityProfileProvider;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.services.clientpolicy.ClientPolicyVote;
import org.keycloak.services.clientpolicy.condition.AbstractClientPolicyConditionProvider;
import org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.JsonSerialization;

/**
 * As much of Keycloak as its client policies need, with rules and conditions that say when asked.
 */
final class PolicyWorld {

  static final String OWN_RULE = "fapi2-noted-rule";
  static final String OWN_CONDITION = "fapi2-noted-condition";
  static final String FOREIGN_EXECUTOR = "foreign-executor";
  static final String FOREIGN_CONDITION = "foreign-condition";
  static final String GLOBAL = "global";

  /** Who was asked, in that order, and what came of it; null when nobody refused. */
  record Happened(List<String> asked, String refused) {}

  private static final List<String> ASKED = new ArrayList<>();

  private PolicyWorld() {}

  static Happened watch(ClientPolicyManager manager) {
    ASKED.clear();
    String refused = null;
    try {
      manager.triggerOnEvent(() -> ClientPolicyEvent.TOKEN_REQUEST);
    } catch (ClientPolicyException | RuntimeException e) {
      refused = e.getMessage();
    }
    return new Happened(List.copyOf(ASKED), refused);
  }

  static KeycloakSession session(String name, Map<String, String> attributes) {
    Profile.defaults();
    RealmModel realm =
        fake(
            RealmModel.class,
            Map.of(
                "getId", arguments -> name + attributes.get("id"),
                "getName", arguments -> "realm",
                "getAttribute", arguments -> attributes.get(arguments[0])));
    KeycloakContext context = fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
    KeycloakSessionFactory factory =
        fake(
            KeycloakSessionFactory.class,
            Map.of(
                "getProviderFactory", arguments -> factory((String) arguments[1]),
                "getProviderFactoriesStream", arguments -> Stream.empty()));
    Map<String, Provider> components = new HashMap<>();
    KeycloakSession[] session = new KeycloakSession[1];
    session[0] =
        fake(
            KeycloakSession.class,
            Map.of(
                "getContext",
                arguments -> context,
                "getKeycloakSessionFactory",
                arguments -> factory,
                "getProvider",
                arguments -> globals(),
                "getComponentProvider",
                arguments ->
                    components.computeIfAbsent(
                        (String) arguments[1],
                        id -> component(arguments[2], factory, session[0]))));
    return session[0];
  }

  @SuppressWarnings("unchecked")
  private static Provider component(
      Object model, KeycloakSessionFactory factory, KeycloakSession session) {
    String id = ((Function<Object, ComponentModel>) model).apply(factory).getProviderId();
    return switch (id) {
      case FOREIGN_EXECUTOR -> new ForeignExecutor();
      case FOREIGN_CONDITION -> new ForeignCondition(session);
      default -> factory(id) == null ? null : (Provider) factory(id).create(session);
    };
  }

  private static ProviderFactory<?> factory(String id) {
    return switch (id) {
      case OWN_RULE -> new NotedRule();
      case OWN_CONDITION -> new NotedCondition();
      case FOREIGN_EXECUTOR, FOREIGN_CONDITION -> fake(ProviderFactory.class, Map.of());
      default -> null;
    };
  }

  private static SecurityProfileProvider globals() {
    ClientPolicyExecutorRepresentation executor = new ClientPolicyExecutorRepresentation();
    executor.setExecutorProviderId(OWN_RULE);
    executor.setConfiguration(JsonSerialization.mapper.valueToTree(Map.of("note", GLOBAL)));
    ClientProfileRepresentation profile = new ClientProfileRepresentation();
    profile.setName(GLOBAL);
    profile.setExecutors(List.of(executor));
    return fake(
        SecurityProfileProvider.class,
        Map.of(
            "getDefaultClientProfiles", arguments -> List.of(profile),
            "getDefaultClientPolicies", arguments -> List.of()));
  }

  private static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> methods.get(method.getName()).apply(arguments)));
  }

  /** Notes that it was asked. */
  @RuleId(OWN_RULE)
  @Clause("FAPI2-SP 5.3.2.1-1")
  static final class NotedRule extends Rule<NotedRule.Settings> {
    record Settings(@Setting(label = "Note", help = "What to note", value = "") String note) {}

    NotedRule() {
      super(Settings.class, "Notes that it was asked.");
    }

    @Override
    protected void check(Occasion occasion, Settings settings) {
      ASKED.add("rule " + settings.note());
    }
  }

  /** Votes as its settings say. */
  @RuleId(OWN_CONDITION)
  static final class NotedCondition extends Condition<NotedCondition.Settings> {
    record Settings(
        @Setting(label = "Vote", help = "What to vote", value = "YES") ClientPolicyVote vote) {}

    NotedCondition() {
      super(Settings.class, "Votes as its settings say.");
    }

    @Override
    protected ClientPolicyVote vote(
        KeycloakSession session, ClientPolicyContext context, Settings settings) {
      ASKED.add("vote " + settings.vote());
      return settings.vote();
    }
  }

  private static final class ForeignExecutor
      implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {
    private Object note;

    @Override
    public void setupConfiguration(ClientPolicyExecutorConfigurationRepresentation configuration) {
      note = configuration.getConfigAsMap().get("note");
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
      ASKED.add("foreign " + note);
      if ("refuse".equals(note)) {
        throw new ClientPolicyException("invalid_request", "refused");
      }
    }

    @Override
    public String getProviderId() {
      return FOREIGN_EXECUTOR;
    }
  }

  private static final class ForeignCondition
      extends AbstractClientPolicyConditionProvider<
          ClientPolicyConditionConfigurationRepresentation>
      implements ClientPolicyConditionProvider<ClientPolicyConditionConfigurationRepresentation> {

    ForeignCondition(KeycloakSession session) {
      super(session);
    }

    @Override
    public Class<ClientPolicyConditionConfigurationRepresentation>
        getConditionConfigurationClass() {
      return ClientPolicyConditionConfigurationRepresentation.class;
    }

    @Override
    public ClientPolicyVote applyPolicy(ClientPolicyContext context) {
      Object vote = configuration.getConfigAsMap().get("vote");
      ASKED.add("foreign vote " + vote);
      return ClientPolicyVote.valueOf((String) vote);
    }

    @Override
    public String getProviderId() {
      return FOREIGN_CONDITION;
    }
  }
}
