package io.github.fapipack.rule;

import io.github.fapipack.keycloak.ServerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.representations.idm.ClientPolicyExecutorRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The pack's rules that the enabled policies of a realm contain, for matters of the realm as a
 * whole: its metadata, and whether our filters have anything to do.
 */
public final class RealmRules {

  private static final Logger LOGGER = Logger.getLogger(RealmRules.class);

  /**
   * The parsed rules, and the two texts from which they were parsed; a change of either text makes
   * the entry stale.
   */
  private record Cached(String profiles, String policies, RealmRules rules) {}

  private static final ServerState<Map<String, Cached>> CACHE =
      new ServerState<>(ConcurrentHashMap::new);

  /** Entries of deleted realms stay until this many others were added. */
  private static final int MOST_CACHED = 1000;

  private final Map<String, Map<String, Object>> configurations;
  private final Mode mode;

  private RealmRules(Map<String, Map<String, Object>> configurations, Mode mode) {
    this.configurations = configurations;
    this.mode = mode;
  }

  /** The rules of the realm of the current request; none outside a realm. */
  public static RealmRules of(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    return realm == null ? new RealmRules(Map.of(), Mode.ENFORCE) : of(session, realm);
  }

  /** The rules of a realm. */
  public static RealmRules of(KeycloakSession session, RealmModel realm) {
    String profiles = realm.getAttribute(Constants.CLIENT_PROFILES);
    String policies = realm.getAttribute(Constants.CLIENT_POLICIES);
    Cached cached = CACHE.get().get(realm.getId());
    if (cached == null
        || !Objects.equals(cached.profiles(), profiles)
        || !Objects.equals(cached.policies(), policies)) {
      cached = new Cached(profiles, policies, read(session, realm));
      if (CACHE.get().size() >= MOST_CACHED) {
        CACHE.get().clear();
      }
      CACHE.get().put(realm.getId(), cached);
    }
    return Rollout.of(realm).mode() == Mode.ENFORCE
        ? cached.rules()
        : new RealmRules(cached.rules().configurations, Mode.REPORT);
  }

  /** Sends one of the pack's own events through the realm's policies. */
  public static void trigger(KeycloakSession session, PackEvent event)
      throws ClientPolicyException {
    if (!of(session).isEmpty()) {
      session.clientPolicy().triggerOnEvent(event);
    }
  }

  /** The saved settings of each rule of the realm, by rule id. */
  public Map<String, Map<String, Object>> configurations() {
    return configurations;
  }

  public boolean isEmpty() {
    return configurations.isEmpty();
  }

  /**
   * Whether a policy of the realm enforces the rule for clients in general, not only for single
   * ones.
   */
  public boolean enforce(Class<? extends Rule<?>> rule) {
    Map<String, Object> configuration = configurations.get(Rule.id(rule));
    return mode == Mode.ENFORCE && configuration != null && !onlyReports(configuration);
  }

  /** Whether a policy of the realm has the rule, in either mode. */
  public boolean have(Class<? extends Rule<?>> rule) {
    return configurations.containsKey(Rule.id(rule));
  }

  /**
   * Whether a policy of the realm has a rule of this type, in either mode. For code that runs
   * before the rules and knows them only by a common interface.
   */
  public boolean haveOneOf(KeycloakSession session, Class<?> kind) {
    return configurations.keySet().stream()
        .map(id -> factory(session, id))
        .anyMatch(kind::isInstance);
  }

  /**
   * Whether a policy of the realm enforces any rule for clients in general, not only for single
   * ones.
   */
  public boolean enforcesAny() {
    return mode == Mode.ENFORCE
        && configurations.values().stream().anyMatch(settings -> !onlyReports(settings));
  }

  /**
   * Whether a standing rule is enforced for one client, even if the realm only reports for others.
   *
   * @param client null if it is not known or not created yet
   */
  public boolean enforceStanding(Class<? extends Rule<?>> rule, ClientModel client) {
    Map<String, Object> named = configurations.get(Rule.id(rule));
    boolean enforces =
        named != null
            ? !onlyReports(named)
            : configurations.values().stream().anyMatch(other -> !onlyReports(other));
    return enforces
        && (mode == Mode.ENFORCE
            || (client != null && Rollout.of(client.getRealm()).modeFor(client) == Mode.ENFORCE));
  }

  /** The settings with which the realm enforces a rule; empty if it does not. */
  public <S extends Record, R extends Rule<S>> Optional<S> settings(
      KeycloakSession session, Class<R> rule) {
    return enforce(rule) ? settingsInAnyMode(session, rule) : Optional.empty();
  }

  /** The settings with which the realm has a rule, in either mode. */
  @SuppressWarnings("unchecked") // the type of the settings is that of the rule
  public <S extends Record, R extends Rule<S>> Optional<S> settingsInAnyMode(
      KeycloakSession session, Class<R> rule) {
    if (!have(rule)) {
      return Optional.empty();
    }
    R factory =
        (R)
            session
                .getKeycloakSessionFactory()
                .getProviderFactory(ClientPolicyExecutorProvider.class, Rule.id(rule));
    return Optional.of(factory.settings().parse(configurations.get(Rule.id(rule))).settings());
  }

  private static RealmRules read(KeycloakSession session, RealmModel realm) {
    StoredPolicies stored = StoredPolicies.of(session, realm);
    if (!stored.isReadable()) {
      // Keycloak then finds no policy or refuses the request, and logs that on every event.
      LOGGER.error("The realm's client policies cannot be read", stored.fault());
    }
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    stored.policies().stream()
        .filter(policy -> Boolean.TRUE.equals(policy.isEnabled()) && policy.getProfiles() != null)
        .flatMap(policy -> policy.getProfiles().stream())
        .flatMap(
            name -> stored.profiles().stream().filter(profile -> name.equals(profile.getName())))
        .filter(profile -> profile.getExecutors() != null)
        .flatMap(profile -> profile.getExecutors().stream())
        .filter(executor -> isRule(session, executor.getExecutorProviderId()))
        .forEach(
            executor ->
                // A policy that is tried with some clients must not override one that is enforced.
                found.merge(
                    executor.getExecutorProviderId(),
                    configuration(executor),
                    (first, second) -> onlyReports(second) ? first : second));
    return new RealmRules(Map.copyOf(found), Mode.ENFORCE);
  }

  /** Whether a rule with this configuration refuses nothing. */
  public static boolean onlyReports(Map<String, Object> configuration) {
    return configuration.get("mode") instanceof String mode
        && Mode.REPORT.name().equalsIgnoreCase(mode);
  }

  private static boolean isRule(KeycloakSession session, String executor) {
    return factory(session, executor) instanceof Rule;
  }

  private static ProviderFactory<?> factory(KeycloakSession session, String executor) {
    return session
        .getKeycloakSessionFactory()
        .getProviderFactory(ClientPolicyExecutorProvider.class, executor);
  }

  private static Map<String, Object> configuration(ClientPolicyExecutorRepresentation executor) {
    ClientPolicyExecutorConfigurationRepresentation read =
        JsonSerialization.mapper.convertValue(
            executor.getConfiguration(), ClientPolicyExecutorConfigurationRepresentation.class);
    return read == null ? Map.of() : read.getConfigAsMap();
  }
}
