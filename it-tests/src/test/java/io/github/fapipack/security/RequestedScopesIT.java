package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A policy for one scope, which Keycloak's own condition does not apply at every step. */
class RequestedScopesIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @BeforeAll
  static void configureRealm() {
    ObjectNode policies = realm.admin().clientPolicies(realm.name());
    ObjectNode condition = Json.object().put("condition", "fapi2-requested-scopes");
    condition.putObject("configuration").putArray("scopes").add("phone");
    ((ObjectNode) policies.path("policies").get(0)).withArray("conditions").add(condition);
    realm.admin().updateClientPolicies(realm.name(), policies);
  }

  private static FapiClient client(String scope) {
    return TestClient.in(realm).scope(scope).register();
  }

  @Test
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void rejectsAuthorizationWithoutParForTheScope() {
    client("openid phone")
        .visitWithoutPar()
        .as(TestRealm.USERNAME, realm.password())
        .expectErrorPage();
  }

  @Test
  @Accepts(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void leavesOtherScopesAlone() {
    client("openid").visitWithoutPar().as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  @Test
  @Accepts(by = "RequireConsent", value = "FAPI2-SP 5.3.2.2-13")
  void setsNewClientsRightWhateverTheyWillAskFor() {
    assertThat(
            realm
                .admin()
                .client(realm.name(), client("openid").clientId())
                .path("consentRequired")
                .asBoolean())
        .isTrue();
  }

  @Test
  @Rejects(by = "RequirePkce", value = "FAPI2-SP 5.3.2.2-5")
  void seesTheScopeInThePushedRequest() {
    client("openid phone")
        .par()
        .with("code_challenge_method", "plain")
        .expectError("invalid_request");
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  void seesTheScopeBehindTheCodeAndInTheRefreshToken() {
    FapiClient client = client("openid phone");
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());

    client.token(authorized).withoutProof().expectError("invalid_request");
    client.refresh(client.token(authorized).expect()).withoutProof().expectError("invalid_request");
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  void doesNotLetAScopeInThroughTheFrontChannel() {
    FapiClient client = client("openid");

    assertThat(
            client
                .token(
                    client
                        .visit(client.par().expect())
                        .with("scope", "openid phone")
                        .as(TestRealm.USERNAME, realm.password())
                        .expectCode())
                .expect()
                .scope())
        .doesNotContain("phone");
  }
}
