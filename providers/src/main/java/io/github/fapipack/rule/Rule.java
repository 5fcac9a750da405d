package io.github.fapipack.rule;

import io.github.fapipack.keycloak.PlainFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/**
 * One requirement of a specification, as an executor of Keycloak's client policies. A subclass is
 * named after the requirement, has a {@link RuleId}, names its clauses with {@link Clause}, and
 * checks it in {@link #check}.
 *
 * <p>A rule holds at run time for every client: it does not rely on the attributes stored with a
 * client.
 *
 * @param <S> the rule's settings
 */
@SuppressWarnings("rawtypes") // as the factory of Keycloak that it implements
public abstract class Rule<S extends Record>
    implements ClientPolicyExecutorProviderFactory, PlainFactory<ClientPolicyExecutorProvider> {

  private final String help;
  private final RuleSettings<S> settings;

  /**
   * @param settingsType the record that holds the rule's settings
   * @param help one sentence for the admin console
   */
  protected Rule(Class<S> settingsType, String help) {
    this.help = help;
    this.settings = new RuleSettings<>("Rule " + getId(), settingsType);
  }

  /**
   * Checks one occasion; begins with a guard on the type of {@link Occasion#context()}.
   *
   * @throws Refusal when the request breaks the rule
   */
  protected abstract void check(Occasion occasion, S settings) throws Refusal;

  /**
   * The rule with a saved configuration, for repeated use.
   *
   * @throws org.keycloak.services.ErrorResponseException when a value is not acceptable
   */
  public final PolicyStep with(Map<String, Object> configuration) {
    RuleSettings.Parsed<S> parsed = settings.parse(configuration);
    return (session, context) -> new RuleExecutor<>(this, session, parsed).executeOnEvent(context);
  }

  /**
   * Whether the rule belongs to every policy that has rules of the pack, even if its profiles do
   * not name it: realms keep profiles that were stored once, and a rule that fixes a vulnerability
   * must hold there too. If the profiles do not name it, it has its default settings, and it only
   * reports if all other rules do.
   */
  public boolean isStanding() {
    return false;
  }

  /** All standing rules. */
  public static Stream<Rule<?>> standing(KeycloakSession session) {
    return session
        .getKeycloakSessionFactory()
        .getProviderFactoriesStream(ClientPolicyExecutorProvider.class)
        .<Rule<?>>flatMap(
            factory -> factory instanceof Rule<?> rule ? Stream.of(rule) : Stream.empty())
        .filter(Rule::isStanding);
  }

  /** Reads and describes the settings. */
  public final RuleSettings<S> settings() {
    return settings;
  }

  /**
   * The clause that a refusal names: the first one of the given generation of FAPI; if there is
   * none, the first one of another standard; otherwise the first of all.
   */
  public final String clause(Specification specification) {
    String[] clauses = getClass().getAnnotation(Clause.class).value();
    return Arrays.stream(clauses)
        .filter(clause -> clause.startsWith(specification.name()))
        .findFirst()
        .or(() -> Arrays.stream(clauses).filter(Rule::isOfNoGeneration).findFirst())
        .orElse(clauses[0]);
  }

  private static boolean isOfNoGeneration(String clause) {
    return Arrays.stream(Specification.values()).noneMatch(one -> clause.startsWith(one.name()));
  }

  @Override
  public final String getId() {
    return id(getClass());
  }

  /** The id of a rule or a condition, which its {@link RuleId} gives. */
  public static String id(Class<?> rule) {
    return rule.getAnnotation(RuleId.class).value();
  }

  @Override
  public final ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
    return new RuleExecutor<>(this, session);
  }

  @Override
  public final String getHelpText() {
    return help + " (" + String.join(", ", getClass().getAnnotation(Clause.class).value()) + ")";
  }

  @Override
  public final List<ProviderConfigProperty> getConfigProperties() {
    List<ProviderConfigProperty> properties = new ArrayList<>(settings.properties());
    properties.addAll(0, RuleSettings.commonProperties());
    return properties;
  }
}
