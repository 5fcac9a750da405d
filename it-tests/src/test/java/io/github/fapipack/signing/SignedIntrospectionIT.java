package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server answers introspection with a signed JWT (RFC 9701). */
class SignedIntrospectionIT {
  private static final String JWT = "application/token-introspection+jwt";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm optional;

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).signing().register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "IntrospectionEndpoint",
      value = {"FAPI2-MS 5.5.1-1", "RFC9701 4-1"})
  @Accepts(
      by = "RequireSignedIntrospectionResponse",
      value = {"FAPI2-MS 5.5.1-1", "RFC9701 5-11"})
  @Accepts(
      by = "IntrospectionResponse",
      value = {
        "RFC9701 4-1",
        "RFC9701 5-1",
        "RFC9701 5-2",
        "RFC9701 5-3",
        "RFC9701 5-4",
        "RFC9701 5-5"
      })
  void signsWhatItSaysAboutAToken(ClientOrigin origin) {
    FapiClient client = client(origin);
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    JsonNode said = client.introspect(tokens.accessToken()).expect();
    assertThat(said.path("active").asBoolean()).isTrue();
    assertThat(said.path("cnf").path("jkt").asText()).isEqualTo(tokens.confirmation("jkt"));
    JsonNode refresh =
        client.introspect(tokens.refreshToken()).with("token_type_hint", "refresh_token").expect();
    assertThat(refresh.path("active").asBoolean()).isTrue();
  }

  @Test
  @Accepts(by = "IntrospectionResponse", value = "RFC9701 5-6")
  @Accepts("RFC9701 3-2")
  @Rejects(
      by = "IntrospectionResponse",
      value = {"RFC9701 5-2", "RFC9701 5-3", "RFC9701 5-4", "RFC9701 5-5", "RFC9701 5-6"})
  void saysNothingButInactiveOfATokenForSomebodyElse() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    FapiClient stranger = client(ClientOrigin.BEFORE_POLICY);

    for (String token : new String[] {tokens.accessToken(), "unknown", "a.b.c"}) {
      JsonNode said = stranger.introspect(token).expect();
      assertThat(said.path("active").asBoolean(true)).isFalse();
      assertThat(said).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "IntrospectionEndpoint",
      value = {"FAPI2-MS 5.5.1-1", "RFC9701 4-1"})
  @Rejects(
      by = "RequireSignedIntrospectionResponse",
      value = {"FAPI2-MS 5.5.1-1", "RFC9701 5-11"})
  @Rejects(by = "IntrospectionResponse", value = "RFC9701 5-1")
  void refusesAnUnsignedAnswer(ClientOrigin origin) {
    FapiClient client = client(origin);

    HttpExchange refusal = client.introspect("unknown").header("Accept", "application/json").send();
    refusal.expectError(400, "invalid_request");
    assertThat(refusal.errorDescription()).contains(JWT);
    client.introspect("unknown").header("Accept", JWT + ";q=0").expectError(400, "invalid_request");
    client.introspect("unknown").header("Accept", "text/html").expectError(400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/*", JWT + ", application/json;q=0.5", JWT})
  @Accepts(by = "RequireSignedIntrospectionResponse", value = "FAPI2-MS 5.5.1-1")
  @Accepts(by = "IntrospectionResponse", value = "RFC9701 4-1")
  @Accepts(by = "IntrospectionEndpoint", value = "RFC9701 4-1")
  void signsForWhoeverTakesIt(String accept) {
    client(ClientOrigin.AFTER_POLICY).introspect("unknown").header("Accept", accept).expect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";;;",
        "a",
        ",",
        "/",
        "a/b/c",
        "*/json",
        "a/b;q",
        "a/b;q=x",
        "a/b;q=NaN",
        "a/b;q=\""
      })
  @Rejects(by = "IntrospectionEndpoint", value = "RFC9701 4-1")
  @Rejects(by = "IntrospectionResponse", value = "RFC9701 4-1")
  void blamesTheCallerForAnAcceptHeaderThatIsNone(String accept) {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);

    for (FapiRequest<?> request : List.of(client.introspect("unknown"), client.par())) {
      assertThat(request.header("Accept", accept).send().status()).isLessThan(500);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|false",
        "*/*|false",
        "application/token-introspection+jwt|true",
        "application/json, application/token-introspection+jwt;q=0.5|false",
        "application/token-introspection+jwt, */*;q=0.1|true"
      })
  @Accepts(by = "IntrospectionResponse", value = "RFC9701 4-1")
  @Accepts(by = "IntrospectionEndpoint", value = "RFC9701 4-1")
  void signsOnlyOnDemandWhereNothingDemandsIt(String accept, boolean signed) {
    FapiClient client = TestClient.in(optional).signing().register();

    HttpExchange answer = client.introspect("unknown").header("Accept", accept).send();

    answer.expectStatus(200);
    assertThat(answer.header("Content-Type")).startsWith(signed ? JWT : "application/json");
  }

  @ParameterizedTest
  @CsvSource({"PS256,PS256", "ES256,ES256", "RS256,ES256", "none,ES256", "HS256,ES256"})
  @Accepts(by = "RequireSignedIntrospectionResponse", value = "RFC9701 5-11")
  @Rejects(by = "RequireSignedIntrospectionResponse", value = "RFC9701 5-11")
  void signsAsTheCallerRegisteredIfFapiAllows(String registered, String used)
      throws ParseException {
    FapiClient client =
        TestClient.in(realm)
            .attribute("introspection_signed_response_alg", registered)
            .signing()
            .register();

    HttpExchange answer = client.introspect("unknown").send();

    assertThat(SignedJWT.parse(answer.body()).getHeader().getAlgorithm().getName()).isEqualTo(used);
    client.introspect("unknown").expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A256GCM"})
  @Accepts(by = "RequireSignedIntrospectionResponse", value = "RFC9701 5-11")
  void encryptsForACallerThatRegisteredForIt(String encryption) {
    JWK key = new RSAKey.Builder((RSAKey) ClientKeys.ps256()).keyUse(KeyUse.ENCRYPTION).build();
    ClientKeys keys = ClientKeys.of(ClientKeys.es256(), key);
    FapiClient client =
        TestClient.in(realm)
            .attribute("jwks.string", keys.publicJwks())
            .attribute("introspection_encrypted_response_alg", "RSA-OAEP")
            .attribute("introspection_encrypted_response_enc", encryption)
            .signing()
            .register()
            .but()
            .privateKeyJwt(keys)
            .decryptionKey(key)
            .build();

    client.introspect("unknown").expect();
  }

  @ParameterizedTest
  @CsvSource({
    "BEFORE_POLICY,RSA-OAEP,",
    "BEFORE_POLICY,RSA-OAEP,A256GCM",
    "IMPORTED,RSA-OAEP,",
    "BEFORE_POLICY,RSA1_5,",
    "BEFORE_POLICY,dir,",
    "IMPORTED,nonsense,A256GCM",
    "BEFORE_POLICY,ECDH-ES,nonsense",
    "IMPORTED,,A256GCM"
  })
  @Rejects(by = "RequireSignedIntrospectionResponse", value = "RFC9701 5-11")
  @Rejects(by = "SigningMetadata", value = "RFC9701 6-1")
  void saysNothingRatherThanInClearText(ClientOrigin origin, String algorithm, String method) {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .attribute("introspection_encrypted_response_alg", algorithm)
            .attribute("introspection_encrypted_response_enc", method)
            .signing()
            .register();

    HttpExchange refusal = client.introspect("unknown").send();

    refusal.expectError(400, "invalid_request");
    assertThat(refusal.errorDescription()).contains("cannot be encrypted");
  }

  @Test
  @Rejects("RFC9701 8.1-1")
  @Rejects(by = "IntrospectionResponse", value = "RFC9701 5-1")
  void isNoAccessToken() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    String answer = client.introspect(tokens.accessToken()).send().body();

    client
        .userinfo(tokens)
        .header("Authorization", "DPoP " + answer)
        .proof(proof -> proof.ath(answer))
        .expectError(401, "invalid_token");
  }
}
