package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.condition.EveryClient;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.PolicyDocuments;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.ProfileFile.RuleUse;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientPolicyConditionRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.securityprofile.SecurityProfileProvider;
import org.keycloak.services.clientpolicy.condition.AnyClientConditionFactory;
import org.keycloak.util.JsonSerialization;

/**
 * Which rules of a profile apply to every client of a realm, and what must be added if some do not.
 */
public final class PolicyState {

  /** How a rule of the profile applies to the clients of the realm, from worst to best. */
  enum Hold {
    MISSING,
    WEAKER,
    REPORTED,
    ENFORCED
  }

  private final KeycloakSession session;
  private final ProfileFile profile;
  private final List<ClientProfileRepresentation> profiles;
  private final List<ClientPolicyRepresentation> policies;
  private final List<RuleUse> everywhere;
  private final Set<String> namesEverywhere;

  private PolicyState(RealmUnderAudit realm) {
    this.session = realm.session();
    this.profile = realm.profile();
    SecurityProfileProvider global = session.getProvider(SecurityProfileProvider.class);
    PolicyDocuments documents = PolicyDocuments.of(session, realm.realm());
    this.profiles =
        Stream.concat(documents.profiles().stream(), global.getDefaultClientProfiles().stream())
            .toList();
    this.policies =
        Stream.concat(global.getDefaultClientPolicies().stream(), documents.policies().stream())
            .toList();
    this.namesEverywhere =
        policies.stream()
            .filter(PolicyState::coversEveryClient)
            .flatMap(policy -> policy.getProfiles().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.everywhere =
        namesEverywhere.stream()
            .flatMap(name -> profiles.stream().filter(entry -> name.equals(entry.getName())))
            .flatMap(entry -> ProfileFile.uses(entry).stream())
            .toList();
  }

  public static PolicyState of(RealmUnderAudit realm) {
    return new PolicyState(realm);
  }

  private static boolean coversEveryClient(ClientPolicyRepresentation policy) {
    return Boolean.TRUE.equals(policy.isEnabled())
        && policy.getProfiles() != null
        && policy.getConditions() != null
        && !policy.getConditions().isEmpty()
        && policy.getConditions().stream().allMatch(PolicyState::holdsForEveryClient);
  }

  private static boolean holdsForEveryClient(ClientPolicyConditionRepresentation condition) {
    boolean negated =
        condition.getConfiguration() != null
            && condition.getConfiguration().path("is-negative-logic").asBoolean();
    return !negated
        && Set.of(Rule.id(EveryClient.class), AnyClientConditionFactory.PROVIDER_ID)
            .contains(condition.getConditionProviderId());
  }

  /** Whether none of the profile's rules applies to every client. */
  boolean isEmpty() {
    return profile.rules().stream().allMatch(wanted -> hold(wanted) == Hold.MISSING);
  }

  /**
   * Whether the realm has the profile: all of its rules apply to every client in some mode, or a
   * profile of an earlier release was applied under the same name.
   */
  public boolean isApplied() {
    return !isEmpty()
        && (profile.rules().stream().noneMatch(wanted -> hold(wanted) == Hold.MISSING)
            || profile.clientProfiles().stream().allMatch(own -> isNamed(own.getName())));
  }

  private boolean isNamed(String name) {
    return namesEverywhere.stream()
        .anyMatch(used -> used.equals(name) || used.matches(Pattern.quote(name) + "-\\d+"));
  }

  /** Whether all of the profile's rules that apply to every client are in report mode. */
  public boolean onlyReports() {
    return profile.rules().stream()
        .map(this::hold)
        .allMatch(hold -> hold == Hold.MISSING || hold == Hold.REPORTED);
  }

  /** How a rule applies to every client; the best result if several policies have it. */
  Hold hold(RuleUse wanted) {
    return everywhere.stream()
        .filter(use -> use.id().equals(wanted.id()))
        .map(use -> hold(use, wanted))
        .max(Enum::compareTo)
        .orElse(Hold.MISSING);
  }

  private Hold hold(RuleUse use, RuleUse wanted) {
    Optional<Rule<?>> rule = wanted.rule(session);
    if (rule.isEmpty()) {
      return use.configuration().equals(wanted.configuration()) ? Hold.ENFORCED : Hold.WEAKER;
    }
    try {
      RuleSettings.Parsed<?> own = rule.get().settings().parse(use.configuration());
      RuleSettings.Parsed<?> demanded = rule.get().settings().parse(wanted.configuration());
      if (own.mode() == Mode.REPORT) {
        return Hold.REPORTED;
      }
      return isAsStrict(values(own.settings()), values(demanded.settings()))
          ? Hold.ENFORCED
          : Hold.WEAKER;
    } catch (RuntimeException e) {
      return Hold.WEAKER; // cannot be parsed, in which case Keycloak refuses everything or nothing
    }
  }

  private static JsonNode values(Record settings) {
    return JsonSerialization.mapper.valueToTree(settings);
  }

  /**
   * Numbers are upper limits, lists name what is allowed, and a switch that is on makes a rule
   * stricter.
   */
  static boolean isAsStrict(JsonNode own, JsonNode wanted) {
    for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
      JsonNode value = own.path(entry.getKey());
      JsonNode demanded = entry.getValue();
      boolean weaker =
          (demanded.isNumber() && value.asLong() > demanded.asLong())
              || (demanded.isBoolean() && demanded.asBoolean() && !value.asBoolean())
              || (demanded.isArray()
                  && !RealmFields.texts(demanded).containsAll(RealmFields.texts(value)));
      if (weaker) {
        return false;
      }
    }
    return true;
  }

  /** What must be added, unless a rule already applies to every client. */
  Optional<List<Change>> unless(Class<? extends Rule<?>> rule) {
    return profile.rules().stream()
        .filter(use -> use.id().equals(Rule.id(rule)) && hold(use) != Hold.ENFORCED)
        .findFirst()
        .map(use -> additions());
  }

  /**
   * The profile's own client profile and policy, added to what the realm has: nothing that an
   * administrator created is changed, so if a name is taken, a free one is used.
   */
  List<Change> additions() {
    List<Change> changes = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (ClientProfileRepresentation wanted : profile.clientProfiles()) {
      String name = wanted.getName();
      Optional<ClientProfileRepresentation> same =
          profiles.stream().filter(own -> isSame(own, wanted)).findFirst();
      if (same.isPresent()) {
        names.put(name, same.get().getName());
        continue;
      }
      wanted.setName(
          free(name, profiles.stream().map(ClientProfileRepresentation::getName).toList()));
      names.put(name, wanted.getName());
      changes.add(addition(Where.Kind.profile, wanted.getName(), wanted));
    }
    for (ClientPolicyRepresentation wanted : profile.clientPolicies()) {
      wanted.setProfiles(wanted.getProfiles().stream().map(names::get).toList());
      if (policies.stream().noneMatch(own -> isSame(own, wanted))) {
        wanted.setName(
            free(
                wanted.getName(),
                policies.stream().map(ClientPolicyRepresentation::getName).toList()));
        changes.add(addition(Where.Kind.policy, wanted.getName(), wanted));
      }
    }
    return changes;
  }

  private static boolean isSame(
      ClientProfileRepresentation own, ClientProfileRepresentation wanted) {
    return ProfileFile.uses(own).equals(ProfileFile.uses(wanted));
  }

  private static boolean isSame(ClientPolicyRepresentation own, ClientPolicyRepresentation wanted) {
    return Boolean.TRUE.equals(own.isEnabled())
        && Objects.equals(own.getConditions(), wanted.getConditions())
        && Objects.equals(own.getProfiles(), wanted.getProfiles());
  }

  private static Change addition(Where.Kind kind, String name, Object value) {
    return new Change(Where.of(kind, name), null, JsonSerialization.mapper.valueToTree(value));
  }

  private static String free(String name, List<String> taken) {
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }
}
