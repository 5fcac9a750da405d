package io.github.fapipack.grantmanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in which tokens could contain more, or be valid longer, than the user has approved. */
class GrantAttackIT {
  private static final String ACTION = "grant_management_action";
  private static final String GRANT_ID = "grant_id";
  private static final String DETAILS = "authorization_details";
  private static final String INVALID = "invalid_authorization_details";

  private static final String PAYMENT =
      """
      [{"type":"payment_initiation","actions":["initiate"],
        "instructedAmount":{"currency":"EUR","amount":%s},
        "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"}}]\
      """;

  private static final String ACCOUNTS =
      "{\"type\":\"account_information\",\"identifier\":\"%s\","
          + "\"actions\":[\"list_accounts\"],\"recurring\":true,\"validTo\":\"2050-12-31\"}";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).scope("openid email address").register();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"-5.00\"", "\"1e1\"", "5"})
  @Rejects(
      by = "Narrowing",
      value = {"RFC9396 6-1", "RFC9396 6.1-1"})
  @Rejects(by = "RefreshGrant", value = "RFC9396 6-1")
  @Rejects(by = "Comparison", value = "RFC9396 6.1-1")
  void lessThanNothingIsNotLess(String amount) {
    Tokens tokens =
        client.token(approve(push(null, null, PAYMENT.formatted("\"10.00\"")))).expect();

    client.refresh(tokens).with(DETAILS, PAYMENT.formatted(amount)).expectError(400, INVALID);
    client.refresh(tokens).with(DETAILS, PAYMENT.formatted("\"10.00\"")).expect();
  }

  @Test
  void endingOneGrantLeavesTheOthers() {
    LoginPage browser = client.browser();
    Tokens one = client.token(approve(browser, push("create", null, account("one")))).expect();
    Tokens two = client.token(approve(browser, push("create", null, account("two")))).expect();
    URI page = URI.create(realm.issuer() + "/fapi-grants/" + grantId(one));
    FrontChannelAnswer question = browser.open(page);
    String secret = question.page().select("[name=stateChecker]").attr("value");
    browser.post(page, new NamedValues().set("stateChecker", secret));

    client.refresh(one).expectError("invalid_grant");
    client.refresh(two).expect();
  }

  @Test
  void tokensForScopesOnlyEndAsAgreed() {
    try (TestRealm brief = TestRealm.create("fapi2-security-profile")) {
      ObjectNode settings = brief.admin().realm(brief.name());
      settings.withObject("/attributes").put("fapi.grant-lifetimes", "PT120S");
      brief.admin().updateRealm(brief.name(), settings);
      FapiClient any = TestClient.in(brief).scope("openid address").register();
      LoginPage browser = any.browser();
      Pushed pushed =
          any.par()
              .with(
                  DETAILS, "[" + ACCOUNTS.formatted("one") + "," + ACCOUNTS.formatted("two") + "]")
              .expect();
      FrontChannelAnswer shown =
          browser.openUntilConsent(
              any.visit(pushed).address(), TestRealm.USERNAME, brief.password());
      FrontChannelAnswer answer = browser.answer(shown, new NamedValues().set("accept", "yes"));
      assertThat(answer.parameter("code")).as(answer.words()).isNotNull();
      Tokens tokens = any.token(redeem(pushed, answer)).expect();
      long end = tokens.accessJson().path("exp").asLong();

      assertThat(tokens.accessJson().has(DETAILS)).isFalse();
      assertThat(end - tokens.accessJson().path("iat").asLong()).isLessThanOrEqualTo(120);
      Tokens refreshed = any.refresh(tokens).expect();
      assertThat(refreshed.accessJson().path("exp").asLong()).isLessThanOrEqualTo(end);
      assertThat(any.refresh(refreshed).expect().accessJson().path("exp").asLong())
          .isLessThanOrEqualTo(end);
    }
  }

  @Test
  void withoutASessionTheTokensOfAGrantCanBeGivenUp() {
    Tokens tokens = sessionless();
    client.revoke(tokens.accessToken()).expect();
    assertThat(isActive(tokens)).isFalse();
    Tokens again = client.refresh(tokens).expect();
    assertThat(isActive(again)).isTrue();

    client.revoke(again.refreshToken()).expect();
    client.refresh(again).expectError("invalid_grant");
    assertThat(isActive(again)).isFalse();
    client.userinfo(again).expectError(401, "invalid_token");
  }

  @Test
  void aDisabledUsersGrantGivesNothing() {
    String carol = "carol" + System.nanoTime();
    String id = realm.admin().createUser(realm.name(), SampleUser.json(carol, realm.password()));
    String path = "/" + realm.name() + "/users/" + id;
    LoginPage browser = client.browser();
    Pushed pushed = push("create", null, account("one")).expect();
    Tokens first =
        client
            .token(
                client
                    .visit(pushed)
                    .in(browser)
                    .as(carol, realm.password())
                    .choosing(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)))
                    .expectCode())
            .expect();
    end(first);
    Tokens tokens = client.refresh(first).expect();
    assertThat(isActive(tokens)).isTrue();
    ObjectNode user = (ObjectNode) realm.admin().get(path);
    user.put("enabled", false);
    realm.admin().send("PUT", path, user);

    client.refresh(tokens).expectError("invalid_grant");
    assertThat(isActive(tokens)).isFalse();
    client.userinfo(tokens).expectError(401, "invalid_token");
    realm.admin().send("DELETE", path, null);
    client.refresh(tokens).expectError("invalid_grant");
  }

  @Test
  void aRefreshKeepsTheGrantsEndAndWidensNoScope() {
    Pushed pushed =
        push("create", null, account("one")).with("scope", "openid email offline_access").expect();
    Tokens tokens = client.token(approve(client.browser(), pushed)).expect();
    long end = expiry(tokens);
    Tokens narrow = client.refresh(tokens).with("scope", "openid").expect();
    assertThat(narrow.scope()).doesNotContain("email");
    Tokens wide = client.refresh(narrow).with("scope", "openid email address").expect();

    assertThat(wide.scope()).doesNotContain("address", "offline_access");
    assertThat(expiry(wide)).isEqualTo(end);
    String id = grantId(tokens);
    realm.admin().send("DELETE", "/" + realm.name() + "/fapi/grants/" + id, null);
    client.refresh(wide).expectError("invalid_grant");
    client.refresh(tokens).expectError("invalid_grant");
    client.userinfo(wide).expectError(401, "invalid_token");
  }

  @Test
  void aCodeMakesOneGrant() {
    Authorized authorized = approve(push("create", null, account("one")));
    Tokens tokens = client.token(authorized).expect();
    client.token(authorized).expectError("invalid_grant");
    long before = grants();
    Authorized refused = approve(push("create", null, account("one")));
    client.token(refused).with(DETAILS, "[{\"type\":\"x\"}]").expectError(400, INVALID);
    client.token(refused).expectError("invalid_grant");
    Authorized bad = approve(push("merge", grantId(tokens), account("two")));
    client.token(bad).with(DETAILS, "[{\"type\":\"x\"}]").expectError(400, INVALID);
    Authorized noProof = approve(push("create", null, account("one")));
    client.token(noProof).withoutProof().send();

    assertThat(grants()).isEqualTo(before);
  }

  @Test
  @Rejects(by = "VoidRevokedTokens", value = "GM 6.5-6")
  void aRefreshTokenWhoseSessionHasEndedCanBeGivenUp() {
    Tokens tokens = client.token(approve(push("create", null, account("one")))).expect();
    end(tokens);
    client.revoke(tokens.refreshToken()).expect();

    client.refresh(tokens).expectError("invalid_grant");
  }

  @Test
  void aGrantThatEndsBeforeTheCodeIsRedeemedStaysEnded() {
    Tokens tokens = client.token(approve(push("create", null, account("one")))).expect();
    for (String action : new String[] {"merge", "replace"}) {
      Tokens now = client.token(approve(push("create", null, account("one")))).expect();
      Authorized late = approve(push(action, grantId(now), account("two")));
      realm.admin().send("DELETE", "/" + realm.name() + "/fapi/grants/" + grantId(now), null);
      client.token(late).expectError("invalid_grant");
    }
    client.refresh(tokens).expect();
  }

  private static Tokens sessionless() {
    Tokens first = client.token(approve(push("create", null, account("one")))).expect();
    end(first);
    return client.refresh(first).expect();
  }

  private static void end(Tokens tokens) {
    String session = tokens.accessJson().path("sid").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/sessions/" + session, null);
  }

  private static long grants() {
    JsonNode list =
        realm.admin().get("/" + realm.name() + "/fapi/grants?client=" + client.clientId());
    return list.path("grants").size();
  }

  private static boolean isActive(Tokens tokens) {
    return client.introspect(tokens.accessToken()).expect().path("active").asBoolean();
  }

  private static long expiry(Tokens tokens) {
    String payload = tokens.refreshToken().split("\\.")[1];
    return Json.parse(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
        .path("exp")
        .asLong();
  }

  private static Authorized redeem(Pushed pushed, FrontChannelAnswer answer) {
    return new Authorized(
        answer.parameter("code"),
        pushed.redirectUri(),
        pushed.codeVerifier(),
        pushed.nonce(),
        answer);
  }

  private static Authorized approve(FapiRequest<Pushed> request) {
    return approve(client.browser(), request);
  }

  private static Authorized approve(LoginPage browser, FapiRequest<Pushed> request) {
    return approve(browser, request.expect());
  }

  private static Authorized approve(LoginPage browser, Pushed pushed) {
    return client
        .visit(pushed)
        .in(browser)
        .as(TestRealm.USERNAME, realm.password())
        .choosing(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)))
        .expectCode();
  }

  private static FapiRequest<Pushed> push(String action, String grantId, String details) {
    FapiRequest<Pushed> request = client.par().with(DETAILS, details);
    if (action != null) {
      request.with(ACTION, action);
    }
    if (grantId != null) {
      request.with(GRANT_ID, grantId);
    }
    return request;
  }

  private static String account(String identifier) {
    return "[" + ACCOUNTS.formatted(identifier) + "]";
  }

  private static String grantId(Tokens tokens) {
    return tokens.exchange().json().path(GRANT_ID).asText();
  }
}
