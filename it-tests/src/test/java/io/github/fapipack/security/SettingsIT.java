package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of rules: how the admin console sees them, and what it refuses to save. */
class SettingsIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @CsvSource({
    "fapi2-limit-code-lifetime, seconds, 61",
    "fapi2-limit-code-lifetime, seconds, 0",
    "fapi2-limit-code-lifetime, seconds, soon",
    "fapi2-limit-code-lifetime, minutes, 1",
    "fapi2-limit-request-uri-lifetime, seconds, 600",
    "fapi2-require-dpop-nonce, required, maybe",
    "fapi2-require-dpop-nonce, seconds, 5",
    "fapi2-require-secure-redirect-uri, loopbackHosts, evil.example",
    "fapi2-restrict-grant-types, grantTypes, password",
    "fapi2-require-asymmetric-client-authentication, methods, client-secret",
    "fapi2-restrict-token-algorithms, algorithms, RS256",
    "fapi2-restrict-client-assertion-algorithm, algorithms, none",
    "fapi2-require-sender-constrained-token, bindings, none",
    "fapi2-require-pkce, mode, off",
    "fapi2-require-pkce, specification, fapi3",
  })
  @Rejects(by = "RestrictGrantTypes", value = "FAPI2-SP 5.3.2.1-2")
  void refusesWrongSettingsWithASentenceThatNamesRuleAndField(
      String rule, String field, String value) {
    ObjectNode profiles = realm.admin().clientProfiles(realm.name());
    for (JsonNode executor : profiles.path("profiles").get(0).path("executors")) {
      if (rule.equals(executor.path("executor").asText())) {
        ((ObjectNode) executor).withObject("/configuration").put(field, value);
      }
    }

    AdminResponse answer =
        realm.admin().send("PUT", "/" + realm.name() + "/client-policies/profiles", profiles);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(rule).contains("'" + field + "'").doesNotContain("java");
  }

  @Test
  void refusesToExemptAnotherClientThanAConsole() {
    ObjectNode policies = realm.admin().clientPolicies(realm.name());
    ((ObjectNode) policies.path("policies").get(0).path("conditions").get(0))
        .withObject("/configuration")
        .putArray("exemptConsoles")
        .add("account-console")
        .add("my-client");

    AdminResponse answer =
        realm.admin().send("PUT", "/" + realm.name() + "/client-policies/policies", policies);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("fapi2-every-client").contains("exemptConsoles");
  }

  @Test
  void describesEveryRuleToTheAdminConsole() {
    JsonNode types =
        realm
            .admin()
            .serverInfo()
            .path("componentTypes")
            .path("org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider");

    assertThat(types).isNotEmpty();
    for (JsonNode type : types) {
      if (type.path("id").asText().startsWith("fapi2-")) {
        assertThat(type.path("helpText").asText()).isNotBlank();
        assertThat(type.path("properties").get(0).path("name").asText()).isEqualTo("mode");
        for (JsonNode property : type.path("properties")) {
          assertThat(property.path("label").asText()).isNotBlank();
          assertThat(property.path("helpText").asText()).isNotBlank();
        }
      }
    }
  }

  @Test
  @Accepts(by = "RequireConsent", value = "FAPI2-SP 5.3.2.2-13")
  @Accepts(by = "RejectFullScope", value = "FAPI2-SP 5.3.2.1-14")
  void setsANewClientRightFromTheStart() {
    FapiClient client = TestClient.in(realm).register();

    JsonNode stored = realm.admin().client(realm.name(), client.clientId());
    assertThat(stored.path("consentRequired").asBoolean()).isTrue();
    assertThat(stored.path("fullScopeAllowed").asBoolean()).isFalse();
  }

  @Test
  void letsARequestPassInReportMode() {
    try (TestRealm lenient = TestRealm.create("fapi2-security-profile")) {
      lenient.configure("fapi2-require-pkce", Map.of("mode", "report"));
      FapiClient client = TestClient.in(lenient).register();

      client.par().without("code_challenge").without("code_challenge_method").expect();
    }
  }
}
