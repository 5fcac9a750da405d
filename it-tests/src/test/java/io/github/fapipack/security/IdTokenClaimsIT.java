package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ID tokens without Keycloak's own claims, which logout accepts nevertheless. */
class IdTokenClaimsIT {
  private static final String RULE = "fapi2-restrict-id-token-claims";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm older;

  @BeforeAll
  static void configureRealm() {
    older.configure(RULE, Map.of("required", "false"));
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RestrictIdTokenClaims", value = "FAPI2-SP 5.3.2.1-14")
  void theyCarryNeitherTypNorSid(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());
    Tokens first = client.token(authorized).expect();
    Tokens second = client.refresh(first).expect();

    client.verifiedIdToken(first, authorized.nonce());
    for (Tokens each : new Tokens[] {first, second}) {
      assertThat(each.idClaims()).doesNotContainKeys("typ", "sid").containsKeys("jti", "sub");
      assertThat(each.accessJson().path("sid").asText()).isNotEmpty();
    }
    assertThat(second.idClaims().get("jti")).isNotEqualTo(first.idClaims().get("jti"));
  }

  @ParameterizedTest
  @CsvSource({
    "backchannel.logout.url, backchannel.logout.session.required, true, true",
    "backchannel.logout.url, backchannel.logout.session.required, false, false",
    "frontchannel.logout.url, frontchannel.logout.session.required, true, true",
    "frontchannel.logout.url, frontchannel.logout.session.required, false, false",
    "ignored, backchannel.logout.session.required, true, false"
  })
  void theyCarrySidWhereLogoutNoticesNeedIt(
      String address, String switching, String required, boolean expected) {
    FapiClient client =
        TestClient.in(realm)
            .attribute(address, "https://client.localhost/logout")
            .attribute(switching, required)
            .altering(json -> json.put("frontchannelLogout", address.startsWith("front")))
            .register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.idClaims().containsKey("sid")).isEqualTo(expected);
    assertThat(tokens.idClaims()).doesNotContainKey("typ");
    if (expected) {
      assertThat(tokens.idClaims().get("sid")).isEqualTo(tokens.accessClaims().get("sid"));
    }
  }

  @Test
  void theyAreAsKeycloakMakesThemWhereTheSettingIsOff() {
    Tokens tokens = TestClient.in(older).register().tokens(TestRealm.USERNAME, older.password());

    assertThat(tokens.idClaims()).containsEntry("typ", "ID").containsKey("sid");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHintEndsItsSessionWithoutACookieAndWithItsOwn(boolean required) {
    TestRealm in = required ? realm : older;
    FapiClient client = TestClient.in(in).register();
    LoginPage browser = client.browser();
    Tokens first = tokens(in, client, browser);
    Tokens second = tokens(in, client, client.browser());

    logOut(in, client.browser(), first);
    client.refresh(first).expectError("invalid_grant");
    client.userinfo(second).expect();
    logOut(in, client.browser(), client.refresh(second).expect());
    client.refresh(second).expectError("invalid_grant");

    Tokens third = tokens(in, client, browser);
    logOut(in, browser, third);
    client.refresh(third).expectError("invalid_grant");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withTheCookieOfAnotherSessionThePersonIsAsked(boolean required) {
    TestRealm in = required ? realm : older;
    FapiClient client = TestClient.in(in).register();
    LoginPage browser = client.browser();
    Tokens own = tokens(in, client, browser);
    Tokens others = tokens(in, client, client.browser());

    FrontChannelAnswer asked = logOut(in, browser, others);

    assertThat(asked.page().html()).contains("confirmLogout");
    client.userinfo(own).expect();
    client.userinfo(others).expect();
  }

  @Test
  void aHintFromBeforeTheSettingStillEndsItsSession() {
    FapiClient client = TestClient.in(older).register();
    Tokens before = client.tokens(TestRealm.USERNAME, older.password());
    older.configure(RULE, Map.of("required", "true"));
    try {
      logOut(older, client.browser(), before);
    } finally {
      older.configure(RULE, Map.of("required", "false"));
    }
    client.refresh(before).expectError("invalid_grant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with", "without"})
  @Rejects(by = "RestrictIdTokenClaims", value = "FAPI2-SP 5.3.2.1-14")
  void noIdTokenPassesAsAnotherKindOfToken(String sid) {
    FapiClient client =
        TestClient.in(realm)
            .attribute(
                sid.equals("with") ? "backchannel.logout.url" : "ignored",
                "https://client.localhost/logout")
            .attribute("backchannel.logout.session.required", "true")
            .constraint(SenderConstraint.MTLS)
            .scope("openid grant_management_query")
            .register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    Tokens faked =
        new Tokens(tokens.idToken(), "Bearer", 300, tokens.idToken(), null, tokens.exchange());

    client.userinfo(faked).expectError(401, "invalid_token");
    client.refresh(faked).expectError("invalid_grant");
    client.revoke(tokens.idToken()).expectError(400, "unsupported_token_type");
    for (String hint : List.of("access_token", "refresh_token", "requesting_party_token", "id")) {
      assertThat(
              client
                  .introspect(tokens.idToken())
                  .with("token_type_hint", hint)
                  .expect()
                  .path("active")
                  .asBoolean())
          .isFalse();
    }
    for (String resource : new String[] {"/account", "/grants/" + "A".repeat(43)}) {
      assertThat(client.resource(URI.create(realm.issuer() + resource), faked).send().status())
          .isEqualTo(401);
    }
    client.userinfo(tokens).expect();
  }

  @Test
  void noOtherTokenPassesAsAHint() {
    FapiClient client = TestClient.in(realm).register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    for (String hint : new String[] {tokens.accessToken(), tokens.refreshToken()}) {
      logOut(realm, client.browser(), hint);
      client.userinfo(tokens).expect();
    }
  }

  private static FrontChannelAnswer logOut(TestRealm in, LoginPage browser, Tokens tokens) {
    return logOut(in, browser, tokens.idToken());
  }

  private static FrontChannelAnswer logOut(TestRealm in, LoginPage browser, String hint) {
    return browser.open(
        URI.create(in.issuer() + "/protocol/openid-connect/logout?id_token_hint=" + hint));
  }

  private static Tokens tokens(TestRealm in, FapiClient client, LoginPage browser) {
    return client
        .token(
            client
                .visit(client.par().expect())
                .in(browser)
                .as(TestRealm.USERNAME, in.password())
                .expectCode())
        .expect();
  }
}
