package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hint at the introspection endpoint changes neither the content nor the form of the response.
 */
class IntrospectionHintIT {
  private static final String HINT = "token_type_hint";
  private static final String PERMISSIONS = "requesting_party_token";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).signing().register();
  }

  private static JsonNode told(String token, String hint) {
    return client.introspect(token).with(HINT, hint).expect();
  }

  private static Tokens granted() {
    return client
        .token(
            client
                .visit(client.par().with("grant_management_action", "create").expect())
                .as(TestRealm.USERNAME, realm.password())
                .expectCode())
        .expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", PERMISSIONS, "id_token", "nonsense", "", "a b", "../x"})
  @Accepts(by = "IntrospectionEndpoint", value = "FAPI2-MS 5.5.1-1")
  @Accepts(by = "IntrospectionResponse", value = "RFC9701 5-1")
  @Accepts(
      by = "PermissionTokenIntrospection",
      value = {"RFC9701 5-8", "GM 6.5-5"})
  void everyHintHasASignedAnswer(String hint) {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    JsonNode told = told(tokens.accessToken(), hint);

    assertThat(told.path("active").asBoolean()).isTrue();
    assertThat(told.path("cnf").path("jkt").asText()).isEqualTo(tokens.confirmation("jkt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", PERMISSIONS, "refresh_token", "nonsense"})
  @Rejects(by = "ActiveGrant", value = "GM 6.5-5")
  @Rejects(
      by = "PermissionTokenIntrospection",
      value = {"GM 6.5-5", "RFC9701 5-8"})
  @Rejects(by = "AccessTokenIntrospection", value = "RFC9701 5-8")
  void noHintBringsAnEndedGrantBack(String hint) {
    Tokens tokens = granted();
    // Keycloak relies on the hint refresh_token.
    assertThat(told(tokens.accessToken(), hint).path("active").asBoolean())
        .isEqualTo(!hint.equals("refresh_token"));
    String grant = tokens.exchange().json().path("grant_id").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/fapi/grants/" + grant, null);

    for (String token : new String[] {tokens.accessToken(), tokens.refreshToken()}) {
      JsonNode told = told(token, hint);
      assertThat(told.path("active").asBoolean(true)).isFalse();
      assertThat(told).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PERMISSIONS, "nonsense"})
  @Rejects(by = "IntrospectionResponse", value = "RFC9701 5-1")
  @Rejects(by = "IntrospectionEndpoint", value = "FAPI2-MS 5.5.1-1")
  void noHintHasAnUnsignedAnswer(String hint) {
    HttpExchange refusal =
        client.introspect("unknown").with(HINT, hint).header("Accept", "application/json").send();

    refusal.expectError(400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {PERMISSIONS, "nonsense", "refresh_token"})
  @Rejects(by = "IntrospectionResponse", value = "RFC9701 5-6")
  void noHintTellsAStrangerAnything(String hint) {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    FapiClient stranger = TestClient.in(realm).signing().register();

    for (String token : new String[] {tokens.accessToken(), tokens.refreshToken()}) {
      assertThat(stranger.introspect(token).with(HINT, hint).expect()).hasSize(1);
    }
  }

  @Test
  @Rejects(by = "IntrospectionResponse", value = "RFC9701 5-1")
  void refusesTwoHints() {
    client
        .introspect("unknown")
        .with(HINT, "nonsense")
        .adding(HINT, "access_token")
        .expectError(400, "invalid_request");
  }
}
