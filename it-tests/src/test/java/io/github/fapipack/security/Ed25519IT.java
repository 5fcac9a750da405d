package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ed25519 is accepted as another name of EdDSA (RFC 9864), wherever a client signs. */
class Ed25519IT {
  private static final String ED25519 = "Ed25519";

  /** An Ed448 public key of RFC 8032 7.4, without its private key. */
  private static final Map<String, Object> ED448 =
      Map.of(
          "kty",
          "OKP",
          "crv",
          "Ed448",
          "use",
          "sig",
          "x",
          "X9dEm1m0Yf0s54fsYWrUah2hNCSFpw4fig6nXYDpZ3jt8SR2m0bHBhvWeD3x5Q9s0foavq_oJWGA");

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  @BeforeAll
  static void configureRealm() {
    realm.configure("fapi2-require-signed-resource-request", Map.of("required", "true"));
  }

  @ParameterizedTest
  @CsvSource({"Ed25519,", "Ed25519, EdDSA", "Ed25519, Ed25519", "EdDSA, Ed25519"})
  @Accepts(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  @Accepts(by = "RestrictRequestObjectAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  @Accepts(by = "RequireValidDpopProof", value = "RFC9449 4.3-5")
  void takesBothNamesWhicheverIsRegistered(String sent, String registered) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client = client(origin, null, registered);

      Tokens tokens = flow(client, sent);

      client.refresh(tokens).assertion(a -> a.alg(sent)).proof(p -> p.alg(sent)).expect();
      client.introspect(tokens.accessToken()).assertion(a -> a.alg(sent)).expect();
      client.userinfo(tokens).proof(proof -> proof.alg(sent)).expect();
    }
  }

  @ParameterizedTest
  @CsvSource({"EdDSA, Ed25519", "Ed25519, EdDSA", "Ed25519, Ed25519"})
  @Accepts(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  @Accepts(by = "RestrictRequestObjectAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  void takesKeysOfBothNames(String sent, String ofKey) {
    FapiClient client = client(ClientOrigin.AFTER_POLICY, ofKey, null);

    Tokens tokens = flow(client, sent);

    client.userinfo(tokens).proof(proof -> proof.alg(sent)).expect();
  }

  private static Tokens flow(FapiClient client, String name) {
    return client
        .token(
            client
                .visit(
                    client
                        .par()
                        .assertion(assertion -> assertion.alg(name))
                        .requestObject(object -> object.alg(name))
                        .proof(proof -> proof.alg(name))
                        .expect())
                .as(TestRealm.USERNAME, realm.password())
                .expectCode())
        .assertion(assertion -> assertion.alg(name))
        .proof(proof -> proof.alg(name))
        .expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "EdDSA", "Ed448"})
  @Rejects(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  @Rejects(by = "RestrictRequestObjectAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  @Rejects(by = "RequireValidDpopProof", value = "RFC9449 4.3-5")
  void refusesTheOtherCurveUnderEveryName(String name) {
    ClientKeys keys = ClientKeys.create();
    String set = "{\"keys\":[" + Json.text(Json.parse(json(ED448))) + "]}";
    FapiClient client =
        TestClient.in(realm)
            .made(ClientOrigin.IMPORTED)
            .algorithm("EdDSA")
            .attribute("jwks.string", set)
            .register()
            .but()
            .privateKeyJwt(keys)
            .build();
    client.par().assertion(a -> a.alg(name).header("kid", null)).expectError(401, "invalid_client");

    FapiClient other = client(ClientOrigin.AFTER_POLICY, null, null);
    other
        .clientCredentials()
        .proof(proof -> proof.alg(name).header("jwk", ED448))
        .expectError(400, "invalid_dpop_proof");
    other.par().requestObject(object -> object.alg("Ed448")).expectError("invalid_request_object");
    other.par().assertion(assertion -> assertion.alg("Ed448")).expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  void refusesBothNamesWhereTheListHasNeither() {
    try (TestRealm strict = TestRealm.create("fapi2-security-profile")) {
      Map<String, String> algorithms = Map.of("algorithms", "ES256");
      strict.configure("fapi2-restrict-client-assertion-algorithm", algorithms);
      strict.configure("fapi2-require-valid-dpop-proof", algorithms);
      FapiClient client = TestClient.in(strict).algorithm("EdDSA").register();
      FapiClient other = TestClient.in(strict).register();

      for (String name : new String[] {"EdDSA", ED25519}) {
        client.par().assertion(a -> a.alg(name)).expectError(401, "invalid_client");
        other
            .par()
            .proof(proof -> proof.key(ClientKeys.ed25519()).alg(name))
            .expectError(400, "invalid_dpop_proof");
      }
      assertThat(metadata(strict, "token_endpoint_auth_signing_alg_values_supported"))
          .doesNotContain(ED25519, "EdDSA");
    }
  }

  @Test
  @Accepts(
      by = "RestrictClientAssertionAlgorithm",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void takesBothNamesInARealmThatAllowsSingleAlgorithms() {
    try (TestRealm strict = TestRealm.create("fapi2-security-profile")) {
      strict.configure("fapi2-restrict-client-assertion-algorithm", Map.of("algorithms", "EdDSA"));
      FapiClient client = TestClient.in(strict).algorithm("EdDSA").register();

      client.par().expect();
      client.par().assertion(assertion -> assertion.alg(ED25519)).expect();
      assertThat(metadata(strict, "token_endpoint_auth_signing_alg_values_supported"))
          .contains("EdDSA", ED25519);
    }
  }

  @Test
  @Accepts(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  @Accepts(by = "RestrictRequestObjectAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  void takesTheNameAtRegistrationAndSaysItAgain() {
    DynamicRegistration registration = DynamicRegistration.in(realm);
    ClientKeys keys = ClientKeys.of(named(ED25519));
    HttpExchange registered =
        registration.register(
            DynamicRegistration.metadata(keys)
                .put("token_endpoint_auth_signing_alg", ED25519)
                .put("request_object_signing_alg", ED25519));

    registered.expectStatus(201);
    assertThat(registered.json().path("token_endpoint_auth_signing_alg").asText())
        .isEqualTo(ED25519);
    assertThat(registered.json().path("request_object_signing_alg").asText()).isEqualTo(ED25519);
    FapiClient client =
        registration
            .client(registered, keys)
            .algorithm("EdDSA")
            .signsRequests(true)
            .responseMode("jwt")
            .build();
    for (String name : new String[] {"EdDSA", ED25519}) {
      client.par().assertion(a -> a.alg(name)).requestObject(o -> o.alg(name)).expect();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token_endpoint_auth_signing_alg_values_supported",
        "introspection_endpoint_auth_signing_alg_values_supported",
        "revocation_endpoint_auth_signing_alg_values_supported",
        "request_object_signing_alg_values_supported",
        "dpop_signing_alg_values_supported"
      })
  @Accepts(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  @Accepts(by = "RestrictRequestObjectAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  void announcesBothNames(String member) {
    assertThat(metadata(realm, member)).contains("EdDSA", ED25519).doesNotContain("Ed448");
  }

  @Test
  void signsUnderTheOldNameItself() {
    assertThat(metadata(realm, "id_token_signing_alg_values_supported")).doesNotContain(ED25519);
  }

  private static String metadata(TestRealm of, String member) {
    FapiClient anyone = FapiClient.of(of.issuer()).tls(of.server().pki(), null).build();
    return anyone.discover().exchange().json().path(member).toString();
  }

  private static String json(Map<String, Object> members) {
    return com.nimbusds.jose.util.JSONObjectUtils.toJSONString(members);
  }

  private static JWK named(String algorithm) {
    return new OctetKeyPair.Builder((OctetKeyPair) ClientKeys.ed25519())
        .algorithm(algorithm == null ? null : JWSAlgorithm.parse(algorithm))
        .build();
  }

  private static FapiClient client(ClientOrigin origin, String ofKey, String registered) {
    ClientKeys keys = ClientKeys.of(named(ofKey));
    TestClient client =
        TestClient.in(realm)
            .made(origin)
            .signing()
            .algorithm("EdDSA")
            .attribute("jwks.string", keys.publicJwks());
    if (registered != null) {
      client
          .attribute("token.endpoint.auth.signing.alg", registered)
          .attribute("request.object.signature.alg", registered);
    }
    return client
        .register()
        .but()
        .privateKeyJwt(keys)
        .auth(ClientAuth.PRIVATE_KEY_JWT)
        .dpopKey(ClientKeys.ed25519())
        .build();
  }
}
