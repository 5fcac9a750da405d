package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the token endpoint issues, for clients of every origin. */
class TokenIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "FAPI2-SP 5.3.2.1-5"})
  void rejectsACodeWithoutProof(ClientOrigin origin) {
    FapiClient client = client(origin);
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());

    client.token(authorized).withoutProof().expectError("invalid_request");

    // The refusal has not used up the code.
    client.token(authorized).expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC8705 3-1"})
  void rejectsEveryGrantWithoutProof(ClientOrigin origin) {
    FapiClient client = client(origin);
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    client.clientCredentials().withoutProof().expectError("invalid_request");
    client.refresh(tokens).withoutProof().expectError("invalid_request");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC8705 3-1"})
  @Accepts(
      by = "RestrictTokenAlgorithms",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void bindsTokensOfEveryGrant(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm).made(origin).constraint(SenderConstraint.MTLS).register();

    // Keycloak makes no service account for an imported client.
    Tokens tokens =
        origin == ClientOrigin.IMPORTED
            ? client.tokens(TestRealm.USERNAME, realm.password())
            : client.clientCredentials().expect();

    assertThat(tokens.confirmation("x5t#S256")).isNotBlank();
    assertThat(tokens.accessHeader()).containsEntry("alg", "ES256");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RestrictTokenAlgorithms",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void signsWithAllowedAlgorithmsOnly(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .attribute("access.token.signed.response.alg", "RS256")
            .attribute("id.token.signed.response.alg", "HS256")
            .attribute("user.info.response.signature.alg", "RS256")
            .register();

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.accessHeader()).containsEntry("alg", "ES256");
    assertThat(tokens.idHeader()).containsEntry("alg", "ES256");
  }

  @Test
  @Accepts(by = "RestrictTokenAlgorithms", value = "FAPI2-SP 5.4.1-1.2")
  void keepsAnAllowedAlgorithmOfTheClientsChoice() {
    FapiClient client =
        TestClient.in(realm)
            .attribute("access.token.signed.response.alg", "EdDSA")
            .attribute("id.token.signed.response.alg", "PS256")
            .register();

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.accessHeader()).containsEntry("alg", "EdDSA");
    assertThat(tokens.idHeader()).containsEntry("alg", "PS256");
  }

  @Test
  @Rejects(by = "SingleUse", value = "FAPI2-SP 5.3.2.2-9")
  void rejectsACodeASecondTimeAndRevokesItsTokens() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());
    Tokens tokens = client.token(authorized).expect();

    client.token(authorized).expectError("invalid_grant");

    client.refresh(tokens).expectError("invalid_grant");
    client.userinfo(tokens).expectError(401, "invalid_token");
  }

  @Test
  @Rejects("FAPI2-SP 5.3.2.1-12")
  void rejectsACodeWithAnotherKeyThanThatOfThePushedRequest() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());
    FapiClient otherKey = client.but().algorithm("EdDSA").build();

    otherKey.token(authorized).send().expectStatus(400);
  }

  @Test
  @Rejects(by = "LimitCodeLifetime", value = "FAPI2-SP 5.3.2.1-11")
  void rejectsAnOldCodeWhateverTheRealmSays() {
    try (TestRealm slow = TestRealm.create("fapi2-security-profile")) {
      slow.admin().updateRealm(slow.name(), Json.object().put("accessCodeLifespan", 600));
      slow.configure("fapi2-limit-code-lifetime", Map.of("seconds", "1"));
      FapiClient client = TestClient.in(slow).register();
      Authorized authorized = client.authorize(TestRealm.USERNAME, slow.password());
      // The server's clock has whole seconds: one for the code, one for rounding.
      Await.pass(Duration.ofMillis(2100));

      client.token(authorized).expectError("invalid_grant");
    }
  }

  @Test
  @Rejects(by = "LimitCodeLifetime", value = "FAPI2-SP 5.3.2.1-11")
  void rejectsAnOldCodeFromBeforeTheRealmWasRepaired() {
    try (TestRealm slow = TestRealm.create("fapi2-security-profile")) {
      slow.admin().updateRealm(slow.name(), Json.object().put("accessCodeLifespan", 600));
      FapiClient client = TestClient.in(slow).register();
      AtomicReference<Authorized> old = new AtomicReference<>();
      slow.withoutPolicies(() -> old.set(client.authorize(TestRealm.USERNAME, slow.password())));
      Instant made = Instant.now();
      slow.configure("fapi2-limit-code-lifetime", Map.of("seconds", "2"));
      slow.admin().updateRealm(slow.name(), Json.object().put("accessCodeLifespan", 60));
      // The server's clock has whole seconds: two for the code, one for rounding.
      Await.pass(Duration.between(Instant.now(), made.plusMillis(3100)));

      client.token(old.get()).expectError("invalid_grant");
      client.tokens(TestRealm.USERNAME, slow.password());
    }
  }

  @Test
  @Accepts(by = "LimitCodeLifetime", value = "FAPI2-SP 5.3.2.1-11")
  void acceptsAFreshCodeFromBeforeTheRealmsLifetimeGrew() {
    try (TestRealm slow = TestRealm.create("fapi2-security-profile")) {
      FapiClient client = TestClient.in(slow).register();
      Authorized authorized = client.authorize(TestRealm.USERNAME, slow.password());
      slow.admin().updateRealm(slow.name(), Json.object().put("accessCodeLifespan", 600));

      client.token(authorized).expect();
    }
  }

  @Test
  @Accepts(by = "LimitCodeLifetime", value = "FAPI2-SP 5.3.2.1-11")
  void acceptsAFreshCodeInARealmWithLongLivedCodes() {
    try (TestRealm slow = TestRealm.create("fapi2-security-profile")) {
      slow.admin().updateRealm(slow.name(), Json.object().put("accessCodeLifespan", 600));

      TestClient.in(slow).register().tokens(TestRealm.USERNAME, slow.password());
    }
  }

  @Test
  @Accepts(by = "RejectRefreshTokenRotation", value = "FAPI2-SP 5.3.2.1-9")
  @Accepts(by = "StableRefreshTokenProvider", value = "FAPI2-SP 5.3.2.1-9")
  @Rejects(by = "RejectRefreshTokenRotation", value = "FAPI2-SP 5.3.2.1-9")
  @Rejects(by = "StableRefreshTokenProvider", value = "FAPI2-SP 5.3.2.1-9")
  void keepsRefreshTokensValidInARealmThatRotatesThem() {
    try (TestRealm rotating = TestRealm.create("fapi2-security-profile")) {
      rotating
          .admin()
          .updateRealm(
              rotating.name(),
              Json.object().put("revokeRefreshToken", true).put("refreshTokenMaxReuse", 0));
      FapiClient client = TestClient.in(rotating).register();
      Tokens tokens = client.tokens(TestRealm.USERNAME, rotating.password());

      Tokens second = client.refresh(tokens).expect();
      client.refresh(tokens).expect();
      client.refresh(second).expect();
      client.refresh(tokens).expect();
    }
  }

  @Test
  @Accepts(by = "RequireSenderConstrainedToken", value = "RFC8705 7.1-1")
  void keepsTheGrantWhenTheClientRenewsItsCertificate() {
    FapiClient client =
        TestClient.in(realm)
            .constraint(SenderConstraint.MTLS)
            .attribute("tls.client.certificate.bound.access.tokens", "true")
            .register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    FapiClient renewed =
        client
            .but()
            .tls(
                realm.server().pki(),
                realm.server().pki().clientCa().issue("CN=" + client.clientId()))
            .build();

    Tokens refreshed = renewed.refresh(tokens).expect();

    assertThat(refreshed.confirmation("x5t#S256")).isNotEqualTo(tokens.confirmation("x5t#S256"));
    renewed.userinfo(refreshed).expect();
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "RFC8705 7.1-1")
  void rejectsARefreshTokenFromAnotherClient() {
    Tokens tokens = client(ClientOrigin.AFTER_POLICY).tokens(TestRealm.USERNAME, realm.password());

    client(ClientOrigin.AFTER_POLICY).refresh(tokens).expectError("invalid_grant");
    TestClient.in(realm)
        .auth(ClientAuth.TLS_CLIENT_AUTH)
        .register()
        .refresh(tokens)
        .expectError("invalid_grant");
  }

  @Test
  @Rejects(by = "RejectFullScope", value = "FAPI2-SP 5.3.2.1-14")
  @Accepts(by = "RejectFullScope", value = "FAPI2-SP 5.3.2.1-14")
  void givesNoRolesThatTheClientDoesNotHave() {
    FapiClient client =
        TestClient.in(realm).made(ClientOrigin.IMPORTED).scope("openid roles").register();

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.accessClaims()).doesNotContainKeys("realm_access", "resource_access");
  }
}
