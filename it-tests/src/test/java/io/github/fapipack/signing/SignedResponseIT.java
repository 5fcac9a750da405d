package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization responses come in a signed JWT, for clients of every origin (JARM). */
class SignedResponseIT {
  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).signing().register();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwt", "query.jwt", "fragment.jwt", "form_post.jwt"})
  @Accepts(
      by = "RequireJwtResponseMode",
      value = {"FAPI2-MS 5.4.1-1", "JARM 2.1-3"})
  @Accepts(
      by = "ResponseClaims",
      value = {"JARM 2.1-2.1", "JARM 2.1-2.2"})
  void answersInEveryMode(String mode) {
    FapiClient client = client(ClientOrigin.AFTER_POLICY).but().responseMode(mode).build();

    client.tokens(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireJwtResponseMode", value = "FAPI2-MS 5.4.1-1")
  void rejectsAnUnsignedMode(ClientOrigin origin) {
    FapiClient client = client(origin);

    client.par().without("response_mode").expectError(400, "invalid_request");
    for (String mode : new String[] {"query", "fragment", "form_post", "jwt.query", "JWT"}) {
      client.par().with("response_mode", mode).expectError(400, "invalid_request");
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireJwtResponseMode", value = "FAPI2-MS 5.4.1-1")
  @Accepts(by = "RestrictTokenAlgorithms", value = "FAPI2-SP 5.4.1-1.2")
  @Accepts(by = "ResponseClaims", value = "JARM 2.1-2.3")
  void signsAsFapiAllowsAndNotForLong(ClientOrigin origin) throws ParseException {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .attribute("authorization.signed.response.alg", "RS256")
            .signing()
            .register();
    FrontChannelAnswer answer =
        client.visit(client.par().expect()).as(TestRealm.USERNAME, realm.password()).open();

    SignedJWT jwt = SignedJWT.parse(answer.parameter("response"));
    assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(jwt.getPayload().toString()).containsOnlyOnce("\"iss\"");
    assertThat(secondsLeft(jwt)).isBetween(1L, 60L);
    NamedValues parameters = client.verifiedResponse(answer.parameter("response"));
    assertThat(parameters.get("iss")).contains(client.issuer());
    assertThat(parameters.get("code")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Rejects(by = "ResponseClaims", value = "JARM 2.1-2.3")
  void signsForTenMinutesAtMostWhateverTheRealmSays(boolean error) throws ParseException {
    try (TestRealm slow = TestRealm.create("fapi2-message-signing")) {
      slow.admin().updateRealm(slow.name(), Json.object().put("accessCodeLifespan", 86_400));
      FapiClient client = TestClient.in(slow).signing().register();
      FrontChannelAnswer answer =
          error
              ? client.visit(client.par().with("prompt", "none").expect()).open()
              : client.visit(client.par().expect()).as(TestRealm.USERNAME, slow.password()).open();

      assertThat(secondsLeft(SignedJWT.parse(answer.parameter("response")))).isBetween(1L, 600L);
    }
  }

  private static long secondsLeft(SignedJWT jwt) throws ParseException {
    Instant expires = jwt.getJWTClaimsSet().getExpirationTime().toInstant();
    return Duration.between(Instant.now(), expires).toSeconds();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "ResponseClaims",
      value = {"JARM 2.1-2.1", "JARM 2.1-2.2"})
  @Rejects(
      by = "RequireJwtResponseMode",
      value = {"JARM 2.1-3", "FAPI2-MS 5.4.1-1"})
  void signsErrorsToo(ClientOrigin origin) {
    FapiClient client = client(origin);

    client.visit(client.par().with("prompt", "none").expect()).expectError("login_required");
    client
        .visit(client.par().expect())
        .as(TestRealm.USERNAME, realm.password())
        .refusingConsent()
        .expectError("access_denied");
  }

  @ParameterizedTest
  @CsvSource({
    "BEFORE_POLICY,A256GCM",
    "BEFORE_POLICY,",
    "AFTER_POLICY,",
    "IMPORTED,",
    "IMPORTED,A128GCM"
  })
  @Accepts(by = "RequireJwtResponseMode", value = "JARM 2.1-3")
  @Accepts(by = "RequireResponseEncryption", value = "JARM 3-3.6")
  @Rejects(by = "RequireResponseEncryption", value = "JARM 3-3.6")
  void encryptsForAClientThatRegisteredForIt(ClientOrigin origin, String encryption) {
    // Keycloak finds a key only if it names the algorithm.
    JWK key =
        new RSAKey.Builder((RSAKey) ClientKeys.ps256())
            .keyUse(KeyUse.ENCRYPTION)
            .algorithm(JWEAlgorithm.RSA_OAEP)
            .build();
    ClientKeys keys = ClientKeys.of(ClientKeys.es256(), key);
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .attribute("jwks.string", keys.publicJwks())
            .attribute("authorization.encrypted.response.alg", "RSA-OAEP")
            .attribute("authorization.encrypted.response.enc", encryption)
            .signing()
            .register()
            .but()
            .privateKeyJwt(keys)
            .decryptionKey(key)
            .build();

    FrontChannelAnswer answer =
        client.visit(client.par().expect()).as(TestRealm.USERNAME, realm.password()).open();

    assertThat(answer.parameter("response").split("\\.")).hasSize(5);
    assertThat(client.verifiedResponse(answer.parameter("response")).get("code")).isPresent();
  }

  @Test
  @Accepts(
      by = "SignedMessages",
      value = {"JARM 4-4", "RFC9101 10.5-4", "RFC9701 7-1"})
  void publishesWhatIsSigned() {
    JsonNode metadata = client(ClientOrigin.AFTER_POLICY).discovery().exchange().json();

    assertThat(metadata.path("response_modes_supported"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("jwt", "query.jwt", "fragment.jwt", "form_post.jwt");
    assertThat(metadata.path("require_signed_request_object").asBoolean()).isTrue();
    assertThat(metadata.path("introspection_signing_alg_values_supported"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("PS256", "ES256", "EdDSA");
    assertThat(metadata.path("introspection_encryption_alg_values_supported")).isNotEmpty();
    assertThat(metadata.path("introspection_encryption_enc_values_supported")).isNotEmpty();
  }

  @Test
  @Rejects(
      by = "SignedMessages",
      value = {"JARM 4-4", "RFC9101 10.5-4", "RFC9701 7-1"})
  void publishesNothingThatIsRefused() {
    try (TestRealm plain = TestRealm.create("fapi2-security-profile")) {
      JsonNode metadata = TestClient.in(plain).register().discovery().exchange().json();

      assertThat(metadata.has("require_signed_request_object")).isFalse();
      assertThat(metadata.path("response_modes_supported"))
          .extracting(JsonNode::asText)
          .contains("query");
      assertThat(metadata.path("introspection_signing_alg_values_supported"))
          .extracting(JsonNode::asText)
          .doesNotContain("RS256", "none");
    }
  }
}
