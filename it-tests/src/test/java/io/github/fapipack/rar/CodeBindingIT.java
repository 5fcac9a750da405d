package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An approval belongs to one code and its tokens, and a token request can only narrow it. */
class CodeBindingIT {
  private static final String ACCOUNT = SampleUser.ACCOUNTS.get(0);

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "CodeGrant", value = "RFC9396 7-1")
  @Accepts(by = "RefreshGrant", value = "RFC9396 7-1")
  @Accepts(by = "Issuance", value = "RFC9396 7-1")
  @Accepts(by = "TokenDetailsWriter", value = "RFC9396 9.1-1")
  @Accepts(by = "AccessTokenIntrospection", value = "RFC9396 9.2-1")
  @Accepts(by = "ApprovalCheck", value = "RFC9396 7.1-1")
  @Accepts("RFC9396 3.1-1")
  void whatTheUserApprovedIsInEveryToken(ClientOrigin origin) {
    FapiClient any = TestClient.in(realm).made(origin).register();
    Tokens tokens = any.token(approved(any, payment("123.50"))).expect();

    JsonNode expected = Json.parse(Details.list(chosen("123.50")));
    assertThat(tokens.exchange().json().path("authorization_details")).isEqualTo(expected);
    assertThat(details(tokens)).isEqualTo(expected);
    assertThat(tokens.scope()).contains("openid");
    JsonNode known = any.introspect(tokens.accessToken()).expect();
    assertThat(known.path("active").asBoolean()).isTrue();
    assertThat(known.path("authorization_details")).isEqualTo(expected);

    Tokens refreshed = any.refresh(tokens).expect();
    assertThat(details(refreshed)).isEqualTo(expected);
    assertThat(refreshed.exchange().json().path("authorization_details")).isEqualTo(expected);
    assertThat(details(any.refresh(refreshed).expect())).isEqualTo(expected);
  }

  @Test
  @Accepts(by = "CodeGrant", value = "RFC9396 7-1")
  @Accepts(by = "Issuance", value = "RFC9396 7-1")
  @Rejects(by = "CodeGrant", value = "RFC9396 7-1")
  @Rejects(by = "Issuance", value = "RFC9396 7-1")
  void parallelAuthorizationsGetEachItsOwn() {
    LoginPage browser = client.browser();
    Pushed first = push(payment("1.00"));
    Pushed second = push(payment("2.00"));
    Pushed plain = client.par().expect();
    FrontChannelAnswer firstPage =
        browser.openUntilConsent(
            client.visit(first).address(), TestRealm.USERNAME, realm.password());
    Authorized two = approve(browser, second);
    FrontChannelAnswer answer = browser.consent(firstPage, form -> form.set("choice-0", ACCOUNT));
    if (LoginPage.asksForConsent(answer)) {
      // The login in the other tab made Keycloak show this page again, with its own request.
      assertThat(answer.words()).contains("1.00").doesNotContain("2.00");
      answer = browser.consent(answer, form -> form.set("choice-0", ACCOUNT));
    }
    assertThat(answer.parameter("code")).as(answer.words()).isNotNull();
    Authorized without =
        client.visit(plain).in(browser).as(TestRealm.USERNAME, realm.password()).expectCode();
    Authorized one =
        new Authorized(
            answer.parameter("code"),
            first.redirectUri(),
            first.codeVerifier(),
            first.nonce(),
            answer);

    // Redeemed in another order than made, and with others in between.
    assertThat(details(client.token(without).expect()).isMissingNode()).isTrue();
    Tokens ofTwo = client.token(two).expect();
    Tokens ofOne = client.token(one).expect();

    assertThat(amount(ofOne)).isEqualTo("1.00");
    assertThat(amount(ofTwo)).isEqualTo("2.00");
    assertThat(amount(client.refresh(ofTwo).expect())).isEqualTo("2.00");
    assertThat(amount(client.refresh(ofOne).expect())).isEqualTo("1.00");
  }

  @Test
  @Rejects(by = "CodeGrant", value = "RFC9396 7-1")
  @Rejects(by = "Issuance", value = "RFC9396 7-1")
  void oneChallengeForTwoAuthorizationsMixesNothing() {
    LoginPage browser = client.browser();
    Pushed first = push(payment("1.00"));
    String challenge = first.exchange().sentForm().get("code_challenge").orElseThrow();
    Pushed second =
        client
            .par()
            .with("code_challenge", challenge)
            .with("state", first.state())
            .with("nonce", first.nonce())
            .with(Details.PARAMETER, Details.list(payment("900.00")))
            .expect();
    Authorized one = approve(browser, first);
    FrontChannelAnswer answer =
        client
            .visit(second)
            .in(browser)
            .as(TestRealm.USERNAME, realm.password())
            .choosing(form -> form.set("choice-0", ACCOUNT))
            .open();
    Authorized two =
        new Authorized(
            answer.parameter("code"),
            first.redirectUri(),
            first.codeVerifier(),
            first.nonce(),
            answer);

    assertThat(amount(client.token(one).expect())).isEqualTo("1.00");
    assertThat(amount(client.token(two).expect())).isEqualTo("900.00");
  }

  @Test
  @Accepts(
      by = "Narrowing",
      value = {"RFC9396 6-1", "RFC9396 6.1-1"})
  @Accepts(by = "RefreshGrant", value = "RFC9396 6-1")
  @Accepts(by = "Issuance", value = "RFC9396 6-1")
  @Accepts(by = "Comparison", value = "RFC9396 6.1-1")
  void aTokenRequestMayAskForLess() {
    Authorized authorized = approved(client, payment("10.00"), Details.accounts());
    Tokens tokens =
        client.token(authorized).with(Details.PARAMETER, Details.list(payment("4.00"))).expect();

    assertThat(details(tokens)).hasSize(1);
    assertThat(amount(tokens)).isEqualTo("4.00");
    // What a refresh token stands for is what was approved.
    assertThat(details(client.refresh(tokens).expect())).hasSize(2);
    assertThat(
            amount(
                client
                    .refresh(tokens)
                    .with(Details.PARAMETER, Details.list(payment("10.00")))
                    .expect()))
        .isEqualTo("10.00");
  }

  @Test
  @Rejects(
      by = "Narrowing",
      value = {"RFC9396 6-1", "RFC9396 6.1-1"})
  @Rejects(by = "RefreshGrant", value = "RFC9396 6-1")
  @Rejects(by = "Issuance", value = "RFC9396 6-1")
  @Rejects(by = "Comparison", value = "RFC9396 6.1-1")
  @Rejects(by = "RestrictAuthorizationDetails", value = "RFC9396 8-1")
  void aTokenRequestMayNotAskForMore() {
    Tokens tokens = client.token(approved(client, payment("10.00"))).expect();
    ObjectNode elsewhere = payment("10.00");
    elsewhere.withObject("/creditorAccount").put("iban", "DE02700100800030876808");
    String[] more = {
      Details.list(payment("10.01")),
      Details.list(payment("10.00"), payment("10.00")),
      Details.list(elsewhere),
      Details.list(Details.accounts()),
      "[{\"type\":\"unknown\"}]",
      "{}",
      "["
    };
    for (String json : more) {
      client
          .token(approved(client, payment("10.00")))
          .with(Details.PARAMETER, json)
          .expectError(400, Details.INVALID);
      client.refresh(tokens).with(Details.PARAMETER, json).expectError(400, Details.INVALID);
    }
    assertThat(amount(client.refresh(tokens).expect())).isEqualTo("10.00");
  }

  @Test
  @Rejects(by = "Issuance", value = "RFC9396 6-1")
  @Rejects(by = "TokenDetailsWriter", value = "RFC9396 9.1-1")
  @Rejects(by = "AccessTokenIntrospection", value = "RFC9396 9.2-1")
  void aTokenRequestIntroducesNothing() {
    Pushed pushed = client.par().expect();
    Authorized authorized =
        client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
    String json = Details.list(payment("1.00"));

    client.token(authorized).with(Details.PARAMETER, json).expectError(400, Details.INVALID);
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    client.refresh(tokens).with(Details.PARAMETER, json).expectError(400, Details.INVALID);
    assertThat(details(client.refresh(tokens).expect()).isMissingNode()).isTrue();
    assertThat(client.introspect(tokens.accessToken()).expect().has(Details.PARAMETER)).isFalse();
  }

  @Test
  @Accepts(
      by = "AccessTokenIntrospection",
      value = {"RFC9701 5-8", "RFC9396 9.2-1"})
  @Rejects(by = "AccessTokenIntrospection", value = "RFC9701 5-8")
  void aSignedAnswerTellsOfThemWhereItTellsOfTheToken() {
    try (TestRealm signed = TestRealm.create("fapi2-message-signing")) {
      FapiClient signing = TestClient.in(signed).signing().register();
      Pushed pushed =
          signing
              .par()
              .with(Details.PARAMETER, Details.list(payment("3.00")))
              .with("grant_management_action", "create")
              .expect();
      Tokens tokens =
          signing
              .token(
                  signing
                      .visit(pushed)
                      .as(TestRealm.USERNAME, signed.password())
                      .choosing(form -> form.set("choice-0", ACCOUNT))
                      .expectCode())
              .expect();

      JsonNode told = signing.introspect(tokens.accessToken()).expect();
      assertThat(told.path(Details.PARAMETER)).isEqualTo(details(tokens)).hasSize(1);
      assertThat(told.path("grant_id").asText()).isNotEmpty();
      String answer = signing.introspect(tokens.accessToken()).send().body();
      JsonNode whole = Json.parse(Base64URL.from(answer.split("\\.")[1]).decodeToString());
      assertThat(whole.has(Details.PARAMETER) || whole.has("grant_id")).isFalse();
    }
  }

  @Test
  @Accepts(by = "RequireApprovedAuthorizationDetails", value = "RFC9396 3.1-2")
  @Rejects(by = "RequireApprovedAuthorizationDetails", value = "RFC9396 3.1-2")
  void everyAuthorizationWithDetailsIsShown() {
    LoginPage browser = client.browser();
    approve(browser, push(payment("1.00")));
    FrontChannelAnswer again = browser.open(client.visit(push(payment("7.77"))).address());

    assertThat(LoginPage.asksForConsent(again)).isTrue();
    assertThat(again.words()).contains("7.77", "Merchant A");
    Pushed silent =
        client
            .par()
            .with("prompt", "none")
            .with(Details.PARAMETER, Details.list(payment("1.00")))
            .expect();
    client.visit(silent).in(browser).expectError("interaction_required");
  }

  private static Authorized approved(FapiClient by, ObjectNode... details) {
    Pushed pushed = by.par().with(Details.PARAMETER, Details.list(details)).expect();
    return by.visit(pushed)
        .as(TestRealm.USERNAME, realm.password())
        .choosing(
            form -> {
              for (int i = 0; i < details.length; i++) {
                form.set("choice-" + i, ACCOUNT);
              }
            })
        .expectCode();
  }

  private static Authorized approve(LoginPage browser, Pushed pushed) {
    return client
        .visit(pushed)
        .in(browser)
        .as(TestRealm.USERNAME, realm.password())
        .choosing(form -> form.set("choice-0", ACCOUNT))
        .expectCode();
  }

  private static Pushed push(ObjectNode detail) {
    return client.par().with(Details.PARAMETER, Details.list(detail)).expect();
  }

  private static ObjectNode payment(String amount) {
    ObjectNode payment = Details.payment();
    payment.withObject("/instructedAmount").put("amount", amount);
    return payment;
  }

  private static ObjectNode chosen(String amount) {
    ObjectNode payment = payment(amount);
    payment.putObject("debtorAccount").put("iban", ACCOUNT);
    return payment;
  }

  private static JsonNode details(Tokens tokens) {
    return tokens.accessJson().path(Details.PARAMETER);
  }

  private static String amount(Tokens tokens) {
    return details(tokens).path(0).path("instructedAmount").path("amount").asText();
  }
}
