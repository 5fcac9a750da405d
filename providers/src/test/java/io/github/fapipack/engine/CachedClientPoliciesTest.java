package io.github.fapipack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.engine.PolicyWorld.Happened;
import io.github.fapipack.rule.RealmRules;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.DefaultClientPolicyManager;

/** Whatever policies a realm has: ours asks whom Keycloak asks, in its order, with its answer. */
class CachedClientPoliciesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Both tell of every policy that is broken, at length. Kept, or the setting would be lost. */
  private static final List<Logger> SILENT =
      Stream.of("org.keycloak", "io.github.fapipack").map(Logger::getLogger).toList();

  static {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  @Property(tries = 500)
  void itDoesWhatKeycloakDoes(@ForAll Random random) throws JsonProcessingException {
    Map<String, String> realm = Realms.any(random);

    // Twice, since the second event finds what the first has read.
    for (int event = 0; event < 2; event++) {
      assertThat(ours(realm)).as("%s", realm).isEqualTo(original(realm));
    }
  }

  @Test
  void aChangeIsSeenAtOnce() throws JsonProcessingException {
    Map<String, String> realm = new LinkedHashMap<>(Realms.with("first"));
    assertThat(ours(realm).asked()).containsExactly("vote YES", "rule first");

    realm.putAll(Realms.with("second"));
    assertThat(ours(realm).asked()).containsExactly("vote YES", "rule second");

    realm.put(Constants.CLIENT_POLICIES, null);
    assertThat(ours(realm).asked()).isEmpty();
  }

  @Test
  void aTrialWithSomeClientsDoesNotUndoWhatAnotherPolicyEnforces() throws JsonProcessingException {
    Map<String, Object> enforced = Realms.ofRule("enforced", Map.of("note", "x"));
    Map<String, Object> tried = Realms.ofRule("tried", Map.of("note", "x", "mode", "REPORT"));

    for (List<String> order : List.of(List.of("enforced", "tried"), List.of("tried", "enforced"))) {
      Map<String, String> realm =
          Realms.attributes(
              order.stream().map(Realms::forEverybody).toList(), List.of(enforced, tried));
      KeycloakSession session = PolicyWorld.session("merged", realm);

      assertThat(RealmRules.of(session).enforce(PolicyWorld.NotedRule.class)).isTrue();
    }
    Map<String, String> alone =
        Realms.attributes(List.of(Realms.forEverybody("tried")), List.of(tried));
    assertThat(
            RealmRules.of(PolicyWorld.session("merged", alone))
                .enforce(PolicyWorld.NotedRule.class))
        .isFalse();
  }

  /** As an import can leave them; the admin API would not take them. */
  @Test
  void settingsThatCannotBeReadLetNothingPass() throws JsonProcessingException {
    Map<String, String> realm =
        Realms.attributes(
            List.of(Realms.forEverybody("good"), Realms.forEverybody("bad")),
            List.of(
                Realms.ofRule("good", Map.of("note", "x")),
                Realms.ofRule("bad", Map.of("unknown", "x"))));

    assertThat(ours(realm)).isEqualTo(original(realm));
    assertThat(ours(realm).refused()).isNotNull();
  }

  /** What is kept for the realm must not keep the request that happened to come first. */
  @Test
  void noSessionOutlivesItsRequest() throws Exception {
    Map<String, String> realm =
        Realms.attributes(
            List.of(Realms.forEverybody("a")),
            List.of(
                Map.of(
                    "name",
                    "a",
                    "executors",
                    List.of(
                        Realms.executor(PolicyWorld.OWN_RULE, Map.of("note", "x")),
                        Realms.executor(PolicyWorld.FOREIGN_EXECUTOR, Map.of("note", "x"))))));
    WeakReference<KeycloakSession> first = firstSession(realm);

    for (int i = 0; first.get() != null && i < 100; i++) {
      System.gc();
      Thread.sleep(10);
    }

    assertThat(first.get()).isNull();
    assertThat(ours(realm).asked()).contains("rule x", "foreign x");
  }

  private static WeakReference<KeycloakSession> firstSession(Map<String, String> realm) {
    KeycloakSession session = PolicyWorld.session("cached", realm);
    PolicyWorld.watch(new CachedClientPolicies.Factory().create(session));
    return new WeakReference<>(session);
  }

  private static Happened ours(Map<String, String> realm) {
    KeycloakSession session = PolicyWorld.session("cached", realm);
    return PolicyWorld.watch(new CachedClientPolicies.Factory().create(session));
  }

  private static Happened original(Map<String, String> realm) {
    return PolicyWorld.watch(new DefaultClientPolicyManager(PolicyWorld.session("default", realm)));
  }

  /** The two attributes of a realm in which Keycloak keeps profiles and policies. */
  private static final class Realms {

    private final Random random;

    private Realms(Random random) {
      this.random = random;
    }

    static Map<String, String> with(String note) throws JsonProcessingException {
      return attributes(List.of(forEverybody("a")), List.of(ofRule("a", Map.of("note", note))));
    }

    static Map<String, Object> forEverybody(String profile) {
      return Map.of(
          "name",
          "policy of " + profile,
          "enabled",
          true,
          "conditions",
          List.of(
              Map.of(
                  "condition", PolicyWorld.OWN_CONDITION, "configuration", Map.of("vote", "YES"))),
          "profiles",
          List.of(profile));
    }

    static Map<String, Object> ofRule(String profile, Map<String, Object> configuration) {
      return Map.of(
          "name", profile, "executors", List.of(executor(PolicyWorld.OWN_RULE, configuration)));
    }

    static Map<String, Object> executor(String id, Map<String, Object> configuration) {
      return Map.of("executor", id, "configuration", configuration);
    }

    static Map<String, String> any(Random random) throws JsonProcessingException {
      Realms realms = new Realms(random);
      return attributes(
          realms.some(5, realms::policy), Stream.of("a", "b").map(realms::profile).toList());
    }

    private static Map<String, String> attributes(List<?> policies, List<?> profiles)
        throws JsonProcessingException {
      return Map.of(
          Constants.CLIENT_POLICIES,
          JSON.writeValueAsString(Map.of("policies", policies)),
          Constants.CLIENT_PROFILES,
          JSON.writeValueAsString(Map.of("profiles", profiles)),
          "id",
          UUID.randomUUID().toString());
    }

    private Map<String, Object> policy() {
      Map<String, Object> policy = new LinkedHashMap<>();
      policy.put("name", oneOf("policy", "policy", "policy", null));
      policy.put("enabled", oneOf(true, true, true, false, null));
      policy.put("mode", oneOf(null, "DEFAULT", "STRICT", "strict"));
      policy.put("conditions", random.nextInt(10) == 0 ? null : some(3, this::condition));
      policy.put(
          "profiles",
          random.nextInt(10) == 0
              ? null
              : some(3, () -> oneOf("a", "b", PolicyWorld.GLOBAL, "unknown")));
      return policy;
    }

    private Map<String, Object> condition() {
      Map<String, Object> configuration = new LinkedHashMap<>();
      configuration.put("vote", oneOf("YES", "YES", "NO", "ABSTAIN"));
      configuration.put("is-negative-logic", oneOf(null, false, true));
      return Map.of(
          "condition",
          oneOf(
              PolicyWorld.OWN_CONDITION,
              PolicyWorld.OWN_CONDITION,
              PolicyWorld.FOREIGN_CONDITION,
              random.nextInt(8) == 0 ? "unknown" : PolicyWorld.FOREIGN_CONDITION),
          "configuration",
          configuration);
    }

    private Map<String, Object> profile(String name) {
      Map<String, Object> profile = new LinkedHashMap<>();
      profile.put("name", name);
      profile.put("executors", random.nextInt(10) == 0 ? null : some(4, this::executor));
      return profile;
    }

    private Map<String, Object> executor() {
      return executor(
          oneOf(PolicyWorld.OWN_RULE, PolicyWorld.OWN_RULE, PolicyWorld.FOREIGN_EXECUTOR),
          Map.of("note", oneOf("one", "two", "three", "refuse")));
    }

    private <T> List<T> some(int most, Supplier<T> one) {
      List<T> some = new ArrayList<>();
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        some.add(one.get());
      }
      return some;
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
