package io.github.fapipack.grantmanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Grants that clients create, merge into and replace, and their tokens. */
class GrantTokensIT {
  private static final String ACTION = "grant_management_action";
  private static final String GRANT_ID = "grant_id";
  private static final String DETAILS = "authorization_details";
  private static final String BOB = "bob";

  private static final String ACCOUNTS =
      "{\"type\":\"account_information\",\"identifier\":\"%s\","
          + "\"actions\":[\"list_accounts\"],\"recurring\":true,\"validTo\":\"2050-12-31\"}";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;
  private static FapiClient other;
  private static final String BOBS_PASSWORD = UUID.randomUUID().toString();

  @BeforeAll
  static void registerClients() {
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    other = TestClient.in(realm).register();
    realm.admin().createUser(realm.name(), SampleUser.json(BOB, BOBS_PASSWORD));
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "Issuance", value = "GM 5.2-4.1")
  @Accepts(
      by = "CodeGrant",
      value = {"GM 5.5-2", "GM 5.5-3"})
  @Accepts(
      by = "RequireValidGrantRequest",
      value = {"GM 5.2-1", "GM 5.1-1", "GM 5.4-2", "GM 5.4-4"})
  @Accepts(by = "ActiveGrant", value = "GM 6.5-5")
  @Accepts(by = "RefreshGrant", value = "GM 6.5-5")
  @Accepts("GM 9-1")
  void createGivesAGrantOfItsOwn(ClientOrigin origin) {
    FapiClient any = TestClient.in(realm).made(origin).register();
    Tokens first = create(any, details("one"));
    Tokens second = create(any, details("two"));

    assertThat(grantId(first)).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(grantId(second));
    assertThat(identifiers(first)).isEqualTo("one");
    assertThat(identifiers(any.refresh(first).expect())).isEqualTo("one");
    assertThat(grantId(any.refresh(second).expect())).isEqualTo(grantId(second));
    assertThat(any.introspect(first.accessToken()).expect().path(GRANT_ID).asText())
        .isEqualTo(grantId(first));
    assertThat(isActive(any, first)).isTrue();
  }

  @Test
  @Rejects(
      by = "CodeGrant",
      value = {"GM 5.5-3", "GM 5.5-2"})
  void withoutAnActionThereIsNoGrant() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    assertThat(tokens.exchange().json().has(GRANT_ID)).isFalse();
    assertThat(tokens.accessJson().has(GRANT_ID)).isFalse();
  }

  @Test
  @Accepts("GM 5.3-1")
  @Rejects("GM 5.3-1")
  void theAuthorizationResponseDoesNotTell() {
    Authorized authorized = authorized(client, request(client, "create", null, details("one")));

    assertThat(authorized.answer().parameter(GRANT_ID)).isNull();
    assertThat(client.token(authorized).expect().exchange().json().has(GRANT_ID)).isTrue();
  }

  @Test
  @Accepts(by = "Issuance", value = "GM 5.2-4.2")
  @Accepts({"GM 3.7-1", "GM 8.2-1"})
  @Accepts(
      by = "RequireValidGrantRequest",
      value = {"GM 5.2-2", "GM 5.4-1", "GM 5.4-3"})
  @Rejects(by = "Issuance", value = "GM 5.2-4.2")
  void mergeAddsAndVoidsOlderRefreshTokens() {
    Tokens first = create(client, details("one"));
    Tokens merged =
        tokens(
            client,
            request(client, "merge", grantId(first), details("two")).with("scope", "openid email"));

    assertThat(grantId(merged)).isEqualTo(grantId(first));
    assertThat(identifiers(merged)).isEqualTo("one two");
    assertThat(merged.scope()).contains("email");
    client.refresh(first).expectError("invalid_grant");
    assertThat(isActive(client, first)).isFalse();
    Tokens refreshed = client.refresh(merged).expect();
    assertThat(identifiers(refreshed)).isEqualTo("one two");
    assertThat(refreshed.refreshToken()).isEqualTo(merged.refreshToken());
    // Both were consented: what a token had before is not taken away.
    assertThat(client.introspect(first.accessToken()).expect().path("active").asBoolean()).isTrue();
    assertThat(
            identifiers(tokens(client, request(client, "merge", grantId(first), details("two")))))
        .isEqualTo("one two");
  }

  @Test
  @Accepts(by = "Issuance", value = "GM 5.2-4.3")
  @Accepts(by = "ActiveGrant", value = "GM 10-2")
  @Rejects(by = "Issuance", value = "GM 5.2-4.3")
  @Rejects(
      by = "ActiveGrant",
      value = {"GM 10-2", "GM 6.5-5"})
  @Rejects(by = "RefreshGrant", value = "GM 6.5-5")
  void replaceLeavesNothingOfBefore() {
    Tokens first =
        tokens(
            client, request(client, "create", null, details("one")).with("scope", "openid email"));
    Tokens replaced = tokens(client, request(client, "replace", grantId(first), details("two")));

    assertThat(grantId(replaced)).isEqualTo(grantId(first));
    assertThat(identifiers(replaced)).isEqualTo("two");
    assertThat(replaced.scope()).doesNotContain("email");
    client.refresh(first).expectError("invalid_grant");
    assertThat(client.introspect(first.accessToken()).expect().path("active").asBoolean())
        .isFalse();
    client.userinfo(first).expectError(401, "invalid_token");
    client.userinfo(replaced).expect();
    Tokens refreshed = client.refresh(replaced).expect();
    assertThat(identifiers(refreshed)).isEqualTo("two");
    assertThat(refreshed.refreshToken()).isEqualTo(replaced.refreshToken());
  }

  @Test
  @Rejects(
      by = "RequireValidGrantRequest",
      value = {"GM 5.4-1", "GM 5.2-2", "GM 5.4-2", "GM 5.4-3", "GM 5.4-4", "GM 5.2-1"})
  void whatMakesNoSenseIsRefusedWhenItIsPushed() {
    String id = grantId(create(client, details("one")));

    request(client, "create", id, null).expectError(400, "invalid_request");
    request(client, null, id, null).expectError(400, "invalid_request");
    request(client, "merge", null, null).expectError(400, "invalid_request");
    request(client, "replace", null, null).expectError(400, "invalid_request");
    request(client, "update", id, null).expectError(400, "invalid_request");
    request(client, "Create", null, null).expectError(400, "invalid_request");
    request(client, "merge", "unknown", null).expectError(400, "invalid_grant_id");
    request(client, "merge", "A".repeat(43), null).expectError(400, "invalid_grant_id");
    request(client, "replace", id + "'", null).expectError(400, "invalid_grant_id");
    request(client, "replace", id + "\u0000", null).expectError(400, "invalid_request");
    request(other, "merge", id, null).expectError(400, "invalid_grant_id");
  }

  @Test
  @Rejects(
      by = "RequireValidGrantRequest",
      value = {"GM 5.4-1", "GM 5.2-2"})
  void anotherUsersGrantIsNotShownAndNotChanged() {
    String id = grantId(create(client, details("one")));
    Pushed pushed = request(client, "merge", id, details("two")).expect();

    client.visit(pushed).as(BOB, BOBS_PASSWORD).expectError("invalid_grant_id");
  }

  @Test
  @Accepts(by = "RequireValidGrantRequest", value = "GM 7.1-5")
  @Rejects(
      by = "RequireValidGrantRequest",
      value = {"GM 7.1-5", "GM 5.4-4"})
  void aRealmCanDemandAnAction() {
    try (TestRealm strict = TestRealm.create("fapi2-security-profile")) {
      FapiClient any = TestClient.in(strict).register();
      ObjectNode settings = strict.admin().realm(strict.name());
      settings.withObject("/attributes").put("fapi.grant-management-action-required", "true");
      strict.admin().updateRealm(strict.name(), settings);
      any.par().expectError(400, "invalid_request");
      any.par().with(ACTION, "create").expect();
    }
  }

  @Test
  @Rejects(by = "RequireValidGrantRequest", value = "GM 5.4-4")
  void aRealmWithoutGrantManagementSaysSo() {
    try (TestRealm without = TestRealm.create("fapi1-advanced")) {
      FapiClient any = TestClient.in(without).signing().register();
      any.par().with(ACTION, "create").expectError(400, "invalid_request");
    }
  }

  @Test
  @Accepts(
      by = "GrantRefreshTokens",
      value = {"GM 5.6.3-1", "FAPI2-SP 6.1-p3"})
  void aGrantOutlivesTheUsersSession() {
    Tokens first =
        tokens(
            client, request(client, "create", null, details("one")).with("scope", "openid email"));
    String session = first.accessJson().path("sid").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/sessions/" + session, null);

    client.userinfo(first).expectError(401, "invalid_token");
    Tokens refreshed = client.refresh(first).expect();
    assertThat(identifiers(refreshed)).isEqualTo("one");
    assertThat(refreshed.refreshToken()).isEqualTo(first.refreshToken());
    assertThat(client.userinfo(refreshed).expect().path("email").asText()).contains("@");
    assertThat(client.introspect(refreshed.accessToken()).expect().path("active").asBoolean())
        .isTrue();
    assertThat(isActive(client, refreshed)).isTrue();
    Tokens again = client.refresh(refreshed).expect();
    assertThat(again.scope()).contains("email");
  }

  @Test
  @Accepts(by = "VoidRevokedTokens", value = "GM 6.5-6")
  @Rejects(by = "VoidRevokedTokens", value = "GM 6.5-6")
  void aRevokedRefreshTokenVoidsTheTokensAndNotTheGrant() {
    Tokens first = create(client, details("one"));
    Tokens second = client.refresh(first).expect();
    client.revoke(second.refreshToken()).expect();

    client.refresh(first).expectError("invalid_grant");
    client.refresh(second).expectError("invalid_grant");
    assertThat(client.introspect(second.accessToken()).expect().path("active").asBoolean())
        .isFalse();
    Tokens fresh = tokens(client, request(client, "merge", grantId(first), null));
    assertThat(identifiers(fresh)).isEqualTo("one");
  }

  @Test
  @Accepts(by = "VoidRevokedTokens", value = "RFC7009 2.1-1")
  @Rejects(by = "VoidRevokedTokens", value = "RFC7009 2.1-1")
  void aRevokedRefreshTokenLeavesOtherAuthorizationsAlone() {
    LoginPage browser = client.browser();
    Tokens first = in(browser, request(client, "create", null, details("one")));
    Tokens other = in(browser, request(client, "create", null, details("two")));
    Tokens plain = in(browser, client.par());
    client.revoke(first.refreshToken()).expect();

    client.userinfo(first).expectError(401, "invalid_token");
    for (Tokens each : List.of(other, plain)) {
      client.userinfo(each).expect();
      client.userinfo(client.refresh(each).expect()).expect();
    }
    client.revoke(plain.refreshToken()).expect();
    client.userinfo(plain).expectError(401, "invalid_token");
    client.userinfo(other).expect();
    client.userinfo(client.refresh(other).expect()).expect();
  }

  private static Tokens in(LoginPage browser, FapiRequest<Pushed> request) {
    return client
        .token(
            client
                .visit(request.expect())
                .in(browser)
                .as(TestRealm.USERNAME, realm.password())
                .choosing(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)))
                .expectCode())
        .expect();
  }

  @Test
  @Rejects(by = "VoidRevokedTokens", value = "GM 6.5-6")
  void nobodyElseVoidsThem() {
    Tokens tokens = create(client, details("one"));

    other.revoke(tokens.refreshToken()).send();
    client.refresh(tokens).expect();
  }

  @Test
  @Accepts(by = "Issuance", value = "GM 5.6.1-2")
  @Rejects(
      by = "Issuance",
      value = {"GM 5.6.1-2", "GM 5.2-4.1"})
  void aGrantIsThereOnceItsTokensAreClaimed() {
    FapiClient any = TestClient.in(realm).register();
    any.visit(request(any, "create", null, null).expect())
        .as(TestRealm.USERNAME, realm.password())
        .refusingConsent()
        .expectError("access_denied");
    assertThat(grantsOf(any)).isEmpty();
    Authorized authorized = authorized(any, request(any, "create", null, details("one")));
    assertThat(grantsOf(any)).isEmpty();

    any.token(authorized).expect();
    assertThat(grantsOf(any)).hasSize(1);
  }

  @Test
  @Accepts(by = "SpentCodes", value = "FAPI2-SP 5.3.2.2-9")
  @Rejects(by = "SpentCodes", value = "FAPI2-SP 5.3.2.2-9")
  void aCodeThatComesTwiceVoidsWhatItGave() {
    FapiClient any = TestClient.in(realm).register();
    Authorized authorized = authorized(any, request(any, "create", null, details("one")));
    Tokens tokens = any.token(authorized).expect();
    other.token(authorized).expectError("invalid_grant");
    assertThat(grantsOf(any)).hasSize(1);
    any.token(authorized).expectError("invalid_grant");

    any.refresh(tokens).expectError("invalid_grant");
    assertThat(any.introspect(tokens.accessToken()).expect().path("active").asBoolean()).isFalse();
    // The user's agreement is still there, and no second one.
    assertThat(grantsOf(any)).hasSize(1);
    assertThat(identifiers(tokens(any, request(any, "merge", grantId(tokens), null))))
        .isEqualTo("one");
  }

  @Test
  @Rejects(by = "ActiveGrant", value = "GM 6.5-5")
  @Rejects(by = "RefreshGrant", value = "GM 6.5-5")
  @Rejects(by = "GrantRefreshTokens", value = "FAPI2-SP 6.1-p3")
  void nothingWorksOnceTheGrantHasEnded() {
    Tokens tokens = create(client, details("one"));
    realm.admin().send("DELETE", "/" + realm.name() + "/fapi/grants/" + grantId(tokens), null);

    client.refresh(tokens).expectError("invalid_grant");
    client.userinfo(tokens).expectError(401, "invalid_token");
    assertThat(client.introspect(tokens.accessToken()).expect().path("active").asBoolean())
        .isFalse();
    assertThat(isActive(client, tokens)).isFalse();
    request(client, "merge", grantId(tokens), null).expectError(400, "invalid_grant_id");
  }

  private static JsonNode grantsOf(FapiClient any) {
    JsonNode answer =
        realm.admin().get("/" + realm.name() + "/fapi/grants?client=" + any.clientId());
    return answer.has("grants") ? answer.path("grants") : answer;
  }

  private static boolean isActive(FapiClient by, Tokens tokens) {
    return by.introspect(tokens.refreshToken())
        .with("token_type_hint", "refresh_token")
        .expect()
        .path("active")
        .asBoolean();
  }

  private static Tokens create(FapiClient by, String details) {
    return tokens(by, request(by, "create", null, details));
  }

  private static Tokens tokens(FapiClient by, FapiRequest<Pushed> request) {
    return by.token(authorized(by, request)).expect();
  }

  private static Authorized authorized(FapiClient by, FapiRequest<Pushed> request) {
    LoginPage browser = by.browser();
    return by.visit(request.expect())
        .in(browser)
        .as(TestRealm.USERNAME, realm.password())
        .choosing(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)))
        .expectCode();
  }

  private static FapiRequest<Pushed> request(
      FapiClient by, String action, String grantId, String details) {
    FapiRequest<Pushed> request = by.par();
    Map<String, String> parameters = new HashMap<>();
    parameters.put(ACTION, action);
    parameters.put(GRANT_ID, grantId);
    parameters.put(DETAILS, details);
    parameters.forEach(
        (name, value) -> {
          if (value != null) {
            request.with(name, value);
          }
        });
    return request;
  }

  private static String details(String identifier) {
    return "[" + ACCOUNTS.formatted(identifier) + "]";
  }

  private static String grantId(Tokens tokens) {
    return tokens.exchange().json().path(GRANT_ID).asText();
  }

  private static String identifiers(Tokens tokens) {
    return String.join(" ", tokens.accessJson().path(DETAILS).findValuesAsText("identifier"));
  }

  @Test
  @Rejects(by = "RequireValidGrantRequest", value = "GM 5.1-1")
  void aPublicClientGetsNoGrantWhereOtherRulesOnlyReport() {
    try (TestRealm reporting = TestRealm.create("fapi2-security-profile")) {
      Map<String, String> report = Map.of("mode", "report");
      reporting.configure("fapi2-require-confidential-client", report);
      reporting.configure("fapi2-require-asymmetric-client-authentication", report);
      FapiClient open =
          TestClient.in(reporting)
              .auth(ClientAuth.NONE)
              .altering(c -> c.put("publicClient", true))
              .register();

      open.par().expect();
      open.par().with(ACTION, "create").expectError(400, "unauthorized_client");
    }
  }
}
