package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.ClientAssertion;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client assertion may name in the realm for CIBA, and where (CIBA 7.1). */
@ExtendWith(ServerLogOnFailure.class)
class AssertionAudienceIT {
  private static final String RULE = "fapi2-require-issuer-audience";
  private static final String TOKEN = "token_endpoint";
  private static final String BACKCHANNEL = "backchannel_authentication_endpoint";

  private static CibaTest ciba;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
  }

  @AfterAll
  static void deleteRealm() {
    ciba.close();
  }

  private static CibaClient client(ClientOrigin origin) {
    return CibaClient.polling(ciba.describe(origin).register(), TestRealm.USERNAME);
  }

  private static String address(CibaClient client, String endpoint) {
    return client.client().discovery().exchange().json().path(endpoint).asText();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireIssuerAudience",
      value = {"CIBA 7.1-p2", "FAPI-CIBA 4.1.1-p11"})
  void takesTheIssuerAndBothEndpointsInBackchannelAuthenticationAndItsGrants(ClientOrigin origin) {
    CibaClient client = client(origin);
    for (String audience :
        List.of(client.client().issuer(), address(client, TOKEN), address(client, BACKCHANNEL))) {
      Consumer<ClientAssertion> edit = assertion -> assertion.audience(audience);

      Acknowledged acknowledged = client.authenticate().assertion(edit).expect();
      ciba.approve(acknowledged);
      Tokens tokens = client.token(acknowledged).assertion(edit).expect();
      client.client().refresh(tokens).assertion(edit).expect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, BACKCHANNEL})
  @Rejects(
      by = "RequireIssuerAudience",
      value = {"CIBA 7.1-p2", "FAPI-CIBA 4.1.1-p11", "FAPI2-SP 5.3.2.1-8", "RFC7523 3-3"})
  void takesTheIssuerAloneEverywhereElse(String endpoint) {
    CibaClient asking = client(ClientOrigin.BEFORE_POLICY);
    FapiClient client = asking.client();
    String audience = address(asking, endpoint);

    Stream.of(
            client.par(),
            client.clientCredentials(),
            client.introspect("token"),
            client.revoke("token"),
            client.grant("authorization_code").with("code", "a.b.c"))
        .forEach(request -> refused(request, a -> a.audience(audience)));
  }

  @Test
  @Rejects(
      by = "RequireIssuerAudience",
      value = {"CIBA 7.1-p2", "FAPI-CIBA 4.1.1-p11"})
  void takesNoArrayAndNothingThatOnlyLooksLikeAnEndpoint() {
    CibaClient client = client(ClientOrigin.AFTER_POLICY);
    String token = address(client, TOKEN);
    String issuer = client.client().issuer();

    List<Consumer<ClientAssertion>> edits =
        List.of(
            a -> a.audiences(token),
            a -> a.audiences(issuer, token),
            a -> a.audiences(address(client, BACKCHANNEL)),
            a -> a.without("aud"),
            a -> a.claim("aud", Map.of("aud", token)),
            a -> a.audience(token + "/"),
            a -> a.audience(token + "?a=b"),
            a -> a.audience(token.replace("https://", "HTTPS://")),
            a -> a.audience(token + " " + issuer),
            a -> a.audience(address(client, "introspection_endpoint")),
            a -> a.audience(address(client, "pushed_authorization_request_endpoint")));
    for (Consumer<ClientAssertion> edit : edits) {
      refused(client.authenticate(), edit);
      refused(client.token("unknown"), edit);
      refused(client.client().grant("refresh_token").with("refresh_token", "x"), edit);
    }
  }

  @Test
  @Rejects(
      by = "RequireIssuerAudience",
      value = {"CIBA 7.1-p2", "FAPI2-SP 5.3.2.1-8"})
  void isStrictUnlessTheRealmSaysOtherwise() {
    CibaClient client = client(ClientOrigin.AFTER_POLICY);
    ciba.realm().configure(RULE, Map.of("strictForCiba", ""));
    try {
      for (String endpoint : List.of(TOKEN, BACKCHANNEL)) {
        refused(client.authenticate(), a -> a.audience(address(client, endpoint)));
        refused(client.token("unknown"), a -> a.audience(address(client, endpoint)));
      }
      client.authenticate().expect();
    } finally {
      ciba.realm().configure(RULE, Map.of("strictForCiba", "false"));
    }
  }

  @Test
  @Rejects(by = "RequireIssuerAudience", value = "FAPI2-SP 5.3.2.1-8")
  void isStrictInRealmsWithoutCiba() {
    try (TestRealm other = TestRealm.create("fapi2-security-profile")) {
      FapiClient client = TestClient.in(other).register();
      String token = client.discovery().exchange().json().path(TOKEN).asText();

      refused(client.grant("refresh_token").with("refresh_token", "x"), a -> a.audience(token));
    }
  }

  private static void refused(FapiRequest<?> request, Consumer<ClientAssertion> edit) {
    HttpExchange refusal = request.assertion(edit).expectError(401, "invalid_client");
    assertThat(refusal.errorDescription()).contains("aud", RULE);
  }
}
