package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Revoking a token ends its authorization, and nothing else. */
class RevocationIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "VoidRevokedTokens", value = "RFC7009 2.1-1")
  @Rejects(by = "VoidRevokedTokens", value = "RFC7009 2.1-1")
  void aRefreshTokenEndsItsAuthorizationOnly(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    assertEndsAlone(realm, client, "openid");
  }

  @Test
  void anOfflineTokenEndsItsAuthorizationOnly() {
    FapiClient client = TestClient.in(realm).scope("openid offline_access").register();

    assertEndsAlone(realm, client, "openid offline_access");
  }

  @Test
  void itDoesSoAmongCertificates() {
    assertEndsAlone(
        realm, TestClient.in(realm).constraint(SenderConstraint.MTLS).register(), "openid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fapi2-message-signing", "fapi1-advanced"})
  void itDoesSoInOtherRealms(String export) {
    try (TestRealm other = TestRealm.create(export)) {
      TestClient described = TestClient.in(other).signing().constraint(SenderConstraint.MTLS);
      FapiClient client =
          (export.equals("fapi1-advanced") ? described.fapi1() : described).register();
      assertEndsAlone(other, client, "openid");
    }
  }

  private static void assertEndsAlone(TestRealm in, FapiClient client, String scope) {
    LoginPage browser = client.browser();
    Tokens ended = authorize(in, client, browser, scope);
    Tokens refreshed = client.refresh(ended).expect();
    Tokens living = authorize(in, client, browser, scope);
    Tokens elsewhere = authorize(in, client, client.browser(), scope);
    client.revoke(ended.refreshToken()).expect();

    for (Tokens each : new Tokens[] {ended, refreshed}) {
      assertThat(isActive(client, each.accessToken())).isFalse();
      assertThat(isRefreshable(client, each)).isFalse();
      client.userinfo(each).expectError(401, "invalid_token");
      client.refresh(each).expectError("invalid_grant");
    }
    for (Tokens each : new Tokens[] {living, elsewhere}) {
      assertThat(isActive(client, each.accessToken())).isTrue();
      assertThat(isRefreshable(client, each)).isTrue();
      client.userinfo(each).expect();
      client.userinfo(client.refresh(each).expect()).expect();
    }
    assertThat(hasConsented(in, client)).isTrue();
    if (scope.equals("openid")) { // Keycloak ends the login that gave the first offline token
      // The browser is still logged in, and nobody is asked again.
      client.token(client.visit(client.par().expect()).in(browser).expectCode()).expect();
    }
    client.revoke(ended.refreshToken()).expect();
  }

  @Test
  void theOnlyAuthorizationLeavesTheBrowserLoggedIn() {
    FapiClient client = TestClient.in(realm).register();
    LoginPage browser = client.browser();
    Tokens tokens = authorize(realm, client, browser, "openid");
    client.revoke(tokens.refreshToken()).expect();

    client.refresh(tokens).expectError("invalid_grant");
    client.token(client.visit(client.par().expect()).in(browser).expectCode()).expect();
    assertThat(isActive(client, tokens.accessToken())).isFalse();
  }

  @Test
  void anAccessTokenEndsAlone() {
    FapiClient client = TestClient.in(realm).register();
    Tokens first = client.tokens(TestRealm.USERNAME, realm.password());
    Tokens second = client.refresh(first).expect();
    client.revoke(first.accessToken()).expect();

    assertThat(isActive(client, first.accessToken())).isFalse();
    client.userinfo(first).expectError(401, "invalid_token");
    client.userinfo(second).expect();
    client.userinfo(client.refresh(first).expect()).expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "no_such_token"})
  void aHintIsNoMoreThanAHint(String hint) {
    FapiClient client = TestClient.in(realm).register();
    Tokens first = client.tokens(TestRealm.USERNAME, realm.password());
    Tokens second = client.tokens(TestRealm.USERNAME, realm.password());

    client.revoke(first.accessToken()).with("token_type_hint", hint).expect();
    assertThat(isActive(client, first.accessToken())).isFalse();
    client.userinfo(client.refresh(first).expect()).expect();
    client.revoke(second.refreshToken()).with("token_type_hint", hint).expect();
    client.userinfo(second).expectError(401, "invalid_token");
    client.refresh(second).expectError("invalid_grant");
  }

  @Test
  void nobodyElseRevokesATokenAndNothingElseIsRevoked() {
    FapiClient client = TestClient.in(realm).register();
    FapiClient other = TestClient.in(realm).register();
    LoginPage browser = client.browser();
    Tokens tokens = authorize(realm, client, browser, "openid");

    other.revoke(tokens.refreshToken()).expectError(400, "invalid_request");
    other.revoke(tokens.accessToken()).expectError(400, "invalid_request");
    client.revoke(tokens.refreshToken()).withoutAuthentication().send().expectStatus(401);
    client.revoke(tokens.idToken()).expectError(400, "unsupported_token_type");
    client.revoke(tokens.refreshToken().replaceFirst("\\.[^.]+$", ".AAAA")).send();

    client.userinfo(tokens).expect();
    client.userinfo(client.refresh(tokens).expect()).expect();
  }

  private static Tokens authorize(
      TestRealm in, FapiClient client, LoginPage browser, String scope) {
    Authorized authorized =
        client
            .visit(client.par().with("scope", scope).expect())
            .in(browser)
            .as(TestRealm.USERNAME, in.password())
            .expectCode();
    return client.token(authorized).expect();
  }

  private static boolean isActive(FapiClient by, String token) {
    return by.introspect(token).expect().path("active").asBoolean();
  }

  private static boolean isRefreshable(FapiClient by, Tokens tokens) {
    return by.introspect(tokens.refreshToken())
        .with("token_type_hint", "refresh_token")
        .expect()
        .path("active")
        .asBoolean();
  }

  private static boolean hasConsented(TestRealm in, FapiClient client) {
    JsonNode user =
        in.admin().get("/" + in.name() + "/users?exact=true&username=" + TestRealm.USERNAME).get(0);
    return in.admin()
        .get("/" + in.name() + "/users/" + user.path("id").asText() + "/consents")
        .findValuesAsText("clientId")
        .contains(client.clientId());
  }
}
