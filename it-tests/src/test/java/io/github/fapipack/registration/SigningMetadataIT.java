package io.github.fapipack.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.text.ParseException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resource servers register the form of introspection responses for them (RFC 9701 6). */
class SigningMetadataIT {
  private static final String SIGNED = "introspection_signed_response_alg";
  private static final String ALG = "introspection_encrypted_response_alg";
  private static final String ENC = "introspection_encrypted_response_enc";

  private static final JWK ENCRYPTION =
      new RSAKey.Builder((RSAKey) ClientKeys.ps256()).keyUse(KeyUse.ENCRYPTION).build();
  private static final ClientKeys KEYS = ClientKeys.of(ClientKeys.es256(), ENCRYPTION);

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static DynamicRegistration registration;

  @BeforeAll
  static void prepareRegistration() {
    registration = DynamicRegistration.in(realm);
  }

  private static ObjectNode metadata() {
    return DynamicRegistration.metadata(KEYS);
  }

  private static FapiClient client(HttpExchange registered) {
    return registration.client(registered, KEYS).signedIntrospection(true).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PS256", "ES256", "EdDSA"})
  @Accepts(by = "RegistrationEndpoint", value = "RFC9701 6-1")
  void signsWithTheRegisteredAlgorithm(String algorithm) throws ParseException {
    HttpExchange registered =
        registration.register(metadata().put(SIGNED, algorithm)).expectStatus(201);

    assertThat(registered.json().path(SIGNED).asText()).isEqualTo(algorithm);
    String answer = client(registered).introspect("unknown").send().body();
    assertThat(SignedJWT.parse(answer).getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
  }

  @Test
  @Accepts(by = "RegistrationEndpoint", value = "RFC9701 6-1")
  void encryptsAsRegisteredUntilAnUpdateLeavesItOut() throws ParseException {
    HttpExchange registered = registration.register(metadata().put(ALG, "RSA-OAEP"));
    registered.expectStatus(201);
    FapiClient client = client(registered);
    client.but().decryptionKey(ENCRYPTION).build().introspect("unknown").expect();
    assertThat(method(client)).isEqualTo("A128CBC-HS256");

    ObjectNode changed = metadata().put("client_id", client.clientId());
    HttpExchange updated =
        registration.update(registered, changed.put(ALG, "RSA-OAEP-256").put(ENC, "A256GCM"));
    assertThat(updated.expectStatus(200).json().path(ENC).asText()).isEqualTo("A256GCM");
    assertThat(method(client)).isEqualTo("A256GCM");
    HttpExchange read = registration.read(updated);
    assertThat(read.expectStatus(200).json().path(ALG).asText()).isEqualTo("RSA-OAEP-256");

    changed.remove(ENC);
    changed.putNull(ALG);
    HttpExchange removed = registration.update(read, changed).expectStatus(200);
    assertThat(removed.json().has(ALG) || removed.json().has(ENC)).isFalse();
    assertThat(registration.read(removed).json().has(ALG)).isFalse();
    client.introspect("unknown").expect();
  }

  private static String method(FapiClient client) throws ParseException {
    String answer = client.introspect("unknown").send().body();
    return EncryptedJWT.parse(answer).getHeader().getEncryptionMethod().getName();
  }

  static Stream<Named<Consumer<ObjectNode>>> unacceptable() {
    return Stream.of(
        Named.of("no signature", m -> m.put(SIGNED, "none")),
        Named.of("RS256", m -> m.put(SIGNED, "RS256")),
        Named.of("HS256", m -> m.put(SIGNED, "HS256")),
        Named.of("an empty algorithm", m -> m.put(SIGNED, "")),
        Named.of("a list", m -> m.putArray(SIGNED).add("ES256")),
        Named.of("a number", m -> m.put(SIGNED, 256)),
        Named.of("an object", m -> m.putObject(SIGNED).put("alg", "ES256")),
        Named.of("a huge value", m -> m.put(SIGNED, "ES256".repeat(40_000))),
        Named.of("RSA1_5", m -> m.put(ALG, "RSA1_5")),
        Named.of("a symmetric key", m -> m.put(ALG, "dir")),
        Named.of("an unknown method", m -> m.put(ALG, "RSA-OAEP").put(ENC, "A1GCM")),
        Named.of("a method alone", m -> m.put(ENC, "A256GCM")),
        Named.of("a key of another kind", m -> m.put(ALG, "ECDH-ES")),
        Named.of("no key", m -> m.put(ALG, "RSA-OAEP").set("jwks", signatureKeys())),
        Named.of("empty keys", m -> m.put(ALG, "RSA-OAEP").set("jwks", Json.object())));
  }

  @ParameterizedTest
  @MethodSource("unacceptable")
  @Rejects(
      by = "RegistrationEndpoint",
      value = {"RFC9701 6-1", "RFC7591 2-4"})
  void refusesWhatItCannotDo(Consumer<ObjectNode> edit) {
    ObjectNode metadata = metadata();
    edit.accept(metadata);

    HttpExchange refusal = registration.register(metadata);

    refusal.expectError(400, "invalid_client_metadata");
    assertThat(refusal.errorDescription()).contains("introspection_").hasSizeLessThan(300);
  }

  @ParameterizedTest
  @MethodSource("unacceptable")
  @Rejects(by = "RegistrationEndpoint", value = "RFC9701 6-1")
  void refusesItInAnUpdateAsWell(Consumer<ObjectNode> edit) {
    HttpExchange registered = registration.register(metadata().put(ALG, "RSA-OAEP"));
    ObjectNode metadata = metadata();
    metadata.put("client_id", registered.expectStatus(201).json().path("client_id").asText());
    edit.accept(metadata);

    registration.update(registered, metadata).expectError(400, "invalid_client_metadata");

    HttpExchange read = registration.read(registered).expectStatus(200);
    assertThat(read.json().path(ALG).asText()).isEqualTo("RSA-OAEP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{} {}",
        "{\"introspection_signed_response_alg\":\"ES256\","
            + "\"introspection_signed_response_alg\":\"none\"}",
        "{\"redirect_uris\":\"https://client.example\"}",
        "{\"jwks\":{}}",
        "{\"jwks\":{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\"}]}}",
        "{\"jwks\":{\"keys\":[null]}}",
        "{\"client_name\":{\"a\":1}}",
        "{\"grant_types\":[[\"authorization_code\"]]}",
        "{\"default_max_age\":99999999999999}"
      })
  @Rejects(by = "RegistrationEndpoint", value = "RFC7591 2-4")
  void refusesWhatIsNoMetadata(String body) {
    registration.register(body).expectError(400, "invalid_client_metadata");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_name", "client_uri", "redirect_uris"})
  @Rejects(by = "RegistrationEndpoint", value = "RFC7591 2-4")
  void refusesWhatItCannotStore(String member) {
    for (String value : new String[] {"https://" + "x".repeat(250), "https://a\0.example"}) {
      ObjectNode metadata = metadata();
      if (member.equals("redirect_uris")) {
        metadata.withArray("/redirect_uris").add(value);
      } else {
        metadata.put(member, value);
      }

      HttpExchange refusal = registration.register(metadata);

      refusal.expectError(400, "invalid_client_metadata");
      assertThat(refusal.errorDescription()).contains(member);
    }
  }

  @Test
  @Rejects(by = "RegistrationEndpoint", value = "RFC7591 2-4")
  void theEventTellsWhyARegistrationWasRefused() {
    // In a separate realm: the first of several similar events of a minute is stored at once.
    try (TestRealm fresh = TestRealm.create("fapi2-security-profile")) {
      DynamicRegistration.in(fresh).register(metadata().put("client_name", "x".repeat(256)));

      JsonNode event = fresh.admin().events(fresh.name(), "CLIENT_REGISTER_ERROR").get(0);
      assertThat(event.path("details").path("reason").asText()).contains("client_name");
    }
  }

  @Test
  @Accepts(by = "RegistrationEndpoint", value = "RFC7591 2-4")
  void ignoresWhatNobodyUnderstands() {
    ObjectNode metadata = metadata().put("favourite_colour", "blue");
    metadata.putObject("com.example").putArray("any").add(1);

    HttpExchange registered = registration.register(metadata).expectStatus(201);

    assertThat(registered.json().has("favourite_colour")).isFalse();
    registration.read(registered).expectStatus(200);
  }

  @Test
  @Accepts(by = "SignedMessages", value = "RFC9701 7-1")
  @Rejects(by = "SignedMessages", value = "RFC9701 7-1")
  void takesWhatTheServerAnnounces() {
    JsonNode announced = announced();
    for (JsonNode algorithm : announced.path("introspection_signing_alg_values_supported")) {
      registration.register(metadata().put(SIGNED, algorithm.asText())).expectStatus(201);
    }
    ObjectNode fetched = metadata().without("jwks");
    fetched.put("jwks_uri", "https://client.example/jwks");
    for (JsonNode algorithm : announced.path("introspection_encryption_alg_values_supported")) {
      registration.register(fetched.put(ALG, algorithm.asText())).expectStatus(201);
    }
    for (JsonNode method : announced.path("introspection_encryption_enc_values_supported")) {
      registration.register(fetched.put(ENC, method.asText())).expectStatus(201);
    }
    assertThat(announced.path("introspection_encryption_alg_values_supported").toString())
        .contains("RSA-OAEP-256")
        .doesNotContain("RSA1_5");
  }

  private static JsonNode announced() {
    return client(registration.register(metadata()))
        .get(
            URI.create(realm.issuer() + "/.well-known/openid-configuration"),
            answer -> answer.expectStatus(200).json())
        .expect();
  }

  @Test
  @Accepts(by = "RegistrationEndpoint", value = "RFC9701 6-1")
  @Rejects(by = "RegistrationEndpoint", value = "RFC9701 6-1")
  void encryptsWithAFetchedKeyOrNotAtAll() {
    try (JwksServer server = JwksServer.https(realm.server().pki()).serving(KEYS)) {
      ObjectNode metadata = metadata().without("jwks");
      metadata.put("jwks_uri", server.uri().toString()).put(ALG, "RSA-OAEP");
      HttpExchange registered = registration.register(metadata).expectStatus(201);
      client(registered).but().decryptionKey(ENCRYPTION).build().introspect("unknown").expect();

      server.serving(ClientKeys.of(KEYS.forAlgorithm("ES256")));
      HttpExchange other = registration.register(metadata).expectStatus(201);
      HttpExchange refusal = client(other).introspect("unknown").send();
      refusal.expectError(400, "invalid_request");
      assertThat(refusal.errorDescription()).contains("RSA-OAEP", "encrypt");
    }
  }

  @Test
  @Rejects(by = "RegistrationEndpoint", value = "RFC9701 6-1")
  void isNotOpenToStrangersAndOtherTokens() {
    registration.registerAnonymously(metadata().put(SIGNED, "ES256")).expectStatus(403);
    HttpExchange one = registration.register(metadata().put(SIGNED, "ES256")).expectStatus(201);
    HttpExchange other = registration.register(metadata()).expectStatus(201);
    String foreign = other.json().path("registration_access_token").asText();

    registration.read(one, foreign).expectStatus(401);
    registration.read(one).expectStatus(200);
  }

  private static JsonNode signatureKeys() {
    return Json.parse(ClientKeys.create().publicJwks());
  }
}
