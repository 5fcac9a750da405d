package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter without a value is one that was not sent, and sent twice it is still repeated. */
class EmptyParameterIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @FapiRealm("fapi1-advanced")
  private static TestRealm older;

  @FapiRealm("fapi-ciba")
  private static TestRealm ciba;

  private static FapiClient client;
  private static FapiClient byValue;
  private static CibaClient polling;

  @BeforeAll
  static void registerClients() {
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    byValue = TestClient.in(older).fapi1().register();
    polling =
        CibaClient.polling(
            TestClient.in(ciba).attribute("oidc.ciba.grant.enabled", "true").register(),
            TestRealm.USERNAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state",
        "nonce",
        "scope",
        "acr_values",
        "authorization_details",
        "claims",
        "display",
        "dpop_jkt",
        "grant_id",
        "grant_management_action",
        "id_token_hint",
        "login_hint",
        "max_age",
        "prompt",
        "request",
        "request_uri",
        "resource",
        "response_mode",
        "ui_locales",
        "unheard_of"
      })
  @Accepts(by = "SentForm", value = "RFC6749 3.2")
  void isLeftOutOfAPushedRequest(String name) {
    client.par().with(name, "").expect();
    if (!name.equals("request")) {
      client.par().requestObject(o -> {}).beside(name, "").expect();
    }
    if (!name.startsWith("request")) {
      client.par().requestObject(o -> o.claim(name, "")).expect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect_uri", "response_type", "code_challenge_method"})
  @Rejects(by = "SentForm", value = "RFC6749 3.2")
  void isMissedWhereItIsNeeded(String name) {
    String missed =
        client.par().without(name).expectError(400, "invalid_request").errorDescription();
    assertThat(client.par().with(name, "").expectError(400, "invalid_request").errorDescription())
        .isEqualTo(missed);
  }

  @Test
  @Accepts(by = "SentForm", value = "RFC6749 3.2")
  void isLeftOutOfEveryOtherRequest() {
    client.clientCredentials().with("scope", "").with("authorization_details", "").expect();
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());
    Tokens tokens = client.token(authorized).with("scope", "").with("resource", "").expect();
    Tokens refreshed = client.refresh(tokens).with("scope", "").expect();
    assertThat(refreshed.scope()).isEqualTo(tokens.scope());
    client.introspect(tokens.accessToken()).with("token_type_hint", "").expect();
    client
        .userinfo(tokens)
        .method("POST")
        .body("application/x-www-form-urlencoded", "access_token=&unheard_of")
        .expect();
    client.revoke(refreshed.refreshToken()).with("token_type_hint", "").expect();
    polling.authenticate().beside("requested_expiry", "").beside("acr_values", "").expect();
    polling
        .authenticate()
        .withoutRequestObject()
        .with("user_code", "")
        .send()
        .expectError("invalid_request");
  }

  @Test
  @Accepts(by = "SentForm", value = "RFC6749 3.2")
  void isLeftOutAtTheAuthorizationEndpoint() {
    for (String name : List.of("state", "nonce", "request", "scope", "unheard_of")) {
      client
          .visit(client.par().expect())
          .as(TestRealm.USERNAME, realm.password())
          .with(name, "")
          .expectCode();
      byValue
          .visitByValue(o -> {})
          .as(TestRealm.USERNAME, older.password())
          .with(name.equals("request") ? "request_uri" : name, "")
          .expectCode();
    }
    FrontChannelAnswer answer =
        byValue
            .visitByValue(o -> o.claim("state", "").claim("login_hint", ""))
            .as(TestRealm.USERNAME, older.password())
            .open();
    assertThat(answer.parameter("error")).isNull();
  }

  @Test
  @Accepts(by = "SentForm", value = "RFC6749 3.2")
  void isLeftOutOfAForm() {
    URI endpoint = URI.create(client.issuer() + "/protocol/openid-connect/auth");
    Supplier<String> form =
        () ->
            "state=&request=&client_id="
                + client.clientId()
                + "&request_uri="
                + client.par().expect().requestUri();

    HttpExchange answer =
        client
            .get(endpoint, any -> any)
            .method("POST")
            .body("application/x-www-form-urlencoded", form.get())
            .send();

    assertThat(answer.status()).isIn(200, 302, 303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "again"})
  @Rejects(by = "SentForm", value = "RFC6749 3.2")
  void isRepeatedWhereItStandsTwice(String second) {
    for (FapiRequest<?> request :
        List.of(
            client.par(),
            client.clientCredentials(),
            client.introspect("token"),
            client.revoke("token"),
            polling.authenticate().withoutRequestObject())) {
      request.with("scope", "").adding("scope", second).expectError(400, "invalid_request");
    }
    FapiRequest<?> withQuery = client.par().with("state", "");
    withQuery.to(URI.create(client.par().send().uri() + "?state=" + second));
    withQuery.expectError(400, "invalid_request");
    client
        .visit(client.par().expect())
        .with("request_uri", "")
        .adding("request_uri", second)
        .open()
        .expectErrorPage();
  }

  @Test
  @Accepts(by = "SentForm", value = "RFC6749 3.2")
  void formsOfPersonsStayAsTheyAre() {
    Map<String, String> login = Map.of("username", "", "password", "");
    HttpExchange page = client.visit(client.par().expect()).open().last();
    String action =
        page.body()
            .replaceAll("(?s).*action=\"([^\"]*login-actions[^\"]*)\".*", "$1")
            .replace("&amp;", "&");

    HttpExchange answer =
        client
            .get(URI.create(action), any -> any)
            .method("POST")
            .body("application/x-www-form-urlencoded", String.join("=&", login.keySet()) + "=")
            .send();

    assertThat(answer.status()).isBetween(200, 400);
  }
}
