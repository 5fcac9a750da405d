package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of long values name the limit, and refusals of unknown scopes name the scope. */
class ParameterLimitIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @FapiRealm("fapi1-advanced")
  private static TestRealm older;

  private static FapiClient client;
  private static FapiClient byValue;

  @BeforeAll
  static void registerClients() {
    client = TestClient.in(realm).register();
    byValue = TestClient.in(older).fapi1().register();
  }

  @ParameterizedTest
  @CsvSource({
    "state, 4000",
    "nonce, 4000",
    "scope, 4000",
    "acr_values, 4000",
    "claims, 4000",
    "login_hint, 255",
    "redirect_uri, 4000",
    "ui_locales, 4000",
    "unheard_of, 20000"
  })
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void isNamedInAnAuthorizationRequest(String name, int limit) {
    String value = "x".repeat(limit + 1);
    isNamed(client.par().with(name, value).expectError(400, "invalid_request"), name, limit);
    isNamed(
        client
            .par()
            .requestObject(o -> o.claim(name, value))
            .expectError(400, "invalid_request_object"),
        name,
        limit);
    assertThat(byValue.visitByValue(o -> o.claim(name, value)).open().words())
        .contains(name, String.valueOf(limit));
  }

  @Test
  @Accepts(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void whatIsLongEnoughIsTaken() {
    for (String name : new String[] {"state", "nonce", "unheard_of"}) {
      client.par().with(name, "x".repeat(4000)).expect();
    }
  }

  @Test
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void tooManyParametersAreNamedWithTheirNumber() {
    var request = client.par();
    for (int i = 0; i < 41; i++) {
      request.with("p" + i, "1");
    }
    assertThat(request.expectError(400, "invalid_request").errorDescription()).contains("40");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scope", "resource", "code_verifier", "unheard_of"})
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void isNamedInATokenRequest(String name) {
    isNamed(
        client.clientCredentials().with(name, "x".repeat(4001)).expectError(400, "invalid_request"),
        name,
        4000);
  }

  @Test
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void aVerifierIsNamedWithItsLimits() {
    HttpExchange answer =
        client
            .token(client.authorize(TestRealm.USERNAME, realm.password()))
            .with("code_verifier", "x".repeat(129))
            .expectError(400, "invalid_grant");
    assertThat(answer.errorDescription()).contains("code_verifier", "43 to 128");
  }

  private static void isNamed(HttpExchange answer, String name, int limit) {
    assertThat(answer.errorDescription()).contains(name, String.valueOf(limit));
  }

  @Test
  @Rejects(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void aScopeThatNobodyKnowsIsInvalidScopeEverywhere() {
    String unknown = "openid unheard-of";
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    for (HttpExchange answer :
        new HttpExchange[] {
          client.par().with("scope", unknown).send(),
          client.par().requestObject(o -> o.claim("scope", unknown)).send(),
          client.clientCredentials().with("scope", unknown).send(),
          client.refresh(tokens).with("scope", unknown).send()
        }) {
      answer.expectError(400, "invalid_scope");
      assertThat(answer.errorDescription()).contains("scope", "ask only for");
    }
    byValue
        .visitByValue(o -> o.claim("scope", unknown))
        .as(TestRealm.USERNAME, older.password())
        .expectError("invalid_scope");
  }

  @Test
  @Accepts(by = "RejectRepeatedParameters", value = "RFC6749 3.2")
  void aNarrowedRefreshTellsItsScope() {
    FapiClient wide = client.but().scope("openid email phone").build();
    Tokens tokens = wide.tokens(TestRealm.USERNAME, realm.password());
    assertThat(tokens.scope().split(" ")).contains("openid", "email", "phone");

    Tokens narrowed = wide.refresh(tokens).with("scope", "openid phone").expect();
    assertThat(narrowed.exchange().json().path("scope").asText().split(" "))
        .contains("openid", "phone")
        .doesNotContain("email");
    assertThat(narrowed.accessClaims().get("scope")).isEqualTo(narrowed.scope());
    assertThat(wide.refresh(narrowed).expect().scope().split(" ")).contains("email", "phone");
    assertThat(wide.refresh(tokens).with("scope", "phone").expect().scope().split(" "))
        .contains("phone")
        .doesNotContain("email", "openid");
  }
}
