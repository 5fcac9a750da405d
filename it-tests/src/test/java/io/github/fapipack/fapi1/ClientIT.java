package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAssertion;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client authentication in FAPI 1.0, and which clients are accepted. */
class ClientIT {
  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static final String SECRET = "a-secret-that-is-long-enough-for-hs256";
  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = Fapi1Client.hybrid(realm, ClientOrigin.BEFORE_POLICY);
  }

  @ParameterizedTest
  @EnumSource(names = {"PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"})
  @Accepts(by = "RequireAsymmetricClientAuthentication", value = "FAPI1-ADV 5.2.2-14")
  @Accepts(by = "RequireConfidentialClient", value = "FAPI1-ADV 5.2.2-16")
  @Accepts(by = "RejectDifferingClientIds", value = "FAPI1-BASE 5.2.2-19")
  void acceptsBothMethodsForClientsOfEveryOrigin(ClientAuth auth) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client =
          Fapi1Client.hybrid(Fapi1Client.described(realm, origin).auth(auth).register());

      client.tokens(TestRealm.USERNAME, realm.password());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-secret", "client-secret-jwt"})
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI1-ADV 5.2.2-14")
  void rejectsSharedSecretsEverywhere(String authenticator) {
    ClientAuth method =
        authenticator.endsWith("jwt")
            ? ClientAuth.CLIENT_SECRET_JWT
            : ClientAuth.CLIENT_SECRET_BASIC;
    for (ClientOrigin origin : List.of(ClientOrigin.BEFORE_POLICY, ClientOrigin.IMPORTED)) {
      FapiClient client =
          Fapi1Client.described(realm, origin)
              .altering(c -> c.put("clientAuthenticatorType", authenticator).put("secret", SECRET))
              .register()
              .but()
              .signsRequests(false)
              .secret(method, SECRET)
              .build();

      for (HttpExchange answer : everywhere(client)) {
        answer.expectError(401, "invalid_client");
        assertThat(answer.errorDescription()).contains("FAPI1-ADV 5.2.2-14");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(by = "RequireConfidentialClient", value = "FAPI1-ADV 5.2.2-16")
  void rejectsPublicClients(ClientOrigin origin) {
    FapiClient client =
        Fapi1Client.described(realm, origin)
            .altering(registration -> registration.put("publicClient", true))
            .register();
    FapiClient anonymous = client.but().auth(ClientAuth.NONE).signsRequests(false).build();

    for (HttpExchange answer : everywhere(anonymous)) {
      answer.expectError(401, "invalid_client");
      assertThat(answer.errorDescription()).contains("FAPI1-ADV 5.2.2-16");
    }
    Fapi1Client.hybrid(client).visitByValue(o -> {}).expectErrorPage();
  }

  private static List<HttpExchange> everywhere(FapiClient client) {
    return List.of(
        client.par().send(),
        client.clientCredentials().send(),
        client.introspect("unknown").send(),
        client.revoke("unknown").send());
  }

  @Test
  @Accepts(
      by = "RequireServerAudience",
      value = {"FAPI1-ADV 5.2.2-14", "RFC7523 3-3"})
  void acceptsEveryAudienceThatIsThisServer() {
    String token = endpoint("token_endpoint");
    String par = endpoint("pushed_authorization_request_endpoint");

    for (Consumer<ClientAssertion> edit :
        List.<Consumer<ClientAssertion>>of(
            a -> a.audience(old.issuer()),
            a -> a.audience(token),
            a -> a.audiences(old.issuer()),
            a -> a.audiences(old.issuer(), token, par),
            a -> a.audiences("https://other.example", token))) {
      old.par().assertion(edit).expect();
      old.clientCredentials().assertion(edit).expect();
    }
    old.par().assertion(a -> a.audience(par)).expect();
  }

  static Stream<Named<Consumer<ClientAssertion>>> wrongAudiences() {
    return Stream.of(
        Named.of("none", a -> a.without("aud")),
        Named.of("another", a -> a.audience("https://other.example")),
        Named.of("others", a -> a.audiences("https://other.example", "https://another.example")),
        Named.of("empty", a -> a.audiences()),
        Named.of("userinfo", a -> a.audience(endpoint("userinfo_endpoint"))),
        Named.of("a number beside it", a -> a.claim("aud", List.of(1, old.issuer()))),
        Named.of("an object", a -> a.claim("aud", Map.of("iss", old.issuer()))));
  }

  private static String endpoint(String name) {
    return old.discovery().endpoint(name, false).toString();
  }

  @ParameterizedTest
  @MethodSource("wrongAudiences")
  @Rejects(
      by = "RequireServerAudience",
      value = {"FAPI1-ADV 5.2.2-14", "RFC7523 3-3"})
  void rejectsOtherAudiences(Consumer<ClientAssertion> edit) {
    old.par().assertion(edit).expectError(401, "invalid_client");
    old.clientCredentials().assertion(edit).expectError(401, "invalid_client");
  }

  @Test
  @Rejects(
      by = "RestrictClientAssertionAlgorithm",
      value = {"FAPI1-ADV 8.6-1", "FAPI1-ADV 8.6-3", "FAPI1-ADV 8.9-2"})
  void rejectsAssertionsSignedInAnotherWay() {
    FapiClient eddsa = old.but().algorithm("EdDSA").build();
    FapiClient rsa = old.but().algorithm("PS256").build();

    eddsa
        .par()
        .requestObject(o -> o.key(rsa.newAssertion().key()))
        .expectError(401, "invalid_client");
    eddsa.clientCredentials().expectError(401, "invalid_client");
    for (String algorithm : List.of("RS256", "PS384", "none")) {
      rsa.par().assertion(a -> a.alg(algorithm)).expectError(401, "invalid_client");
    }
    old.par()
        .assertion(a -> a.header("x5u", "https://a.example"))
        .expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RejectDifferingClientIds", value = "FAPI1-BASE 5.2.2-19")
  void rejectsRequestsThatNameTwoClients() {
    FapiClient other = Fapi1Client.hybrid(realm, ClientOrigin.AFTER_POLICY);
    FapiClient tls =
        Fapi1Client.hybrid(
            Fapi1Client.described(realm, ClientOrigin.IMPORTED)
                .auth(ClientAuth.TLS_CLIENT_AUTH)
                .register());

    for (String name : List.of(other.clientId(), tls.clientId(), "nobody")) {
      old.par().with("client_id", name).expectError(401, "invalid_client");
      old.clientCredentials().with("client_id", name).expectError(401, "invalid_client");
    }
    // Keycloak would accept the certificate and ignore the assertion.
    tls.par()
        .with("client_assertion_type", ClientAssertion.TYPE)
        .with("client_assertion", other.newAssertion().sign())
        .expectError(401, "invalid_client");
    old.par().assertion(a -> a.claim("iss", other.clientId())).expectError(401, "invalid_client");
    old.par()
        .requestObject(o -> o.claim("client_id", other.clientId()))
        .expectError(400, "invalid_request_object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id.token.encrypted.response.alg",
        "authorization.encrypted.response.alg",
        "request.object.encryption.alg"
      })
  @Rejects(by = "RejectRsa15", value = "FAPI1-ADV 8.6.1-1")
  void rejectsClientsRegisteredForRsa15(String attribute) {
    assertThatThrownBy(() -> TestClient.in(realm).attribute(attribute, "RSA1_5").register())
        .hasMessageContaining("RSA1_5");
    for (ClientOrigin origin : List.of(ClientOrigin.BEFORE_POLICY, ClientOrigin.IMPORTED)) {
      FapiClient client =
          Fapi1Client.hybrid(
              Fapi1Client.described(realm, origin).attribute(attribute, "RSA1_5").register());

      client.par().expectError(400, "unauthorized_client");
      client.visitByValue(o -> {}).expectErrorPage();
    }
  }

  @Test
  @Accepts(
      by = "RejectWeakKeys",
      value = {"FAPI1-BASE 5.2.2-5", "FAPI1-BASE 5.2.2-6"})
  void acceptsStrongKeys() {
    for (String algorithm : List.of("PS256", "ES256")) {
      old.but().algorithm(algorithm).build().par().expect();
    }
  }

  @Test
  @Rejects(
      by = "RejectWeakKeys",
      value = {"FAPI1-BASE 5.2.2-5", "FAPI1-BASE 5.2.2-6"})
  void rejectsWeakKeys() {
    ClientKeys keys = ClientKeys.of(ClientKeys.es256(), ClientKeys.rsa(1024));
    FapiClient client =
        Fapi1Client.hybrid(
                Fapi1Client.described(realm, ClientOrigin.IMPORTED)
                    .attribute("jwks.string", keys.publicJwks())
                    .register())
            .but()
            .privateKeyJwt(keys)
            .build();

    client.but().algorithm("PS256").build().clientCredentials().expectError(401, "invalid_client");
    client
        .visitByValue(o -> o.key(keys.forAlgorithm("PS256")))
        .expectError("invalid_request_object");
  }

  @Test
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI1-ADV 8.9-1")
  @Rejects(by = "RequireSecureJwksUri", value = "FAPI1-ADV 8.9-1")
  void takesKeysOverTlsOnly() {
    TestClient.in(realm)
        .attribute("use.jwks.url", "true")
        .attribute("jwks.url", "https://a.example/jwks")
        .attribute("use.jwks.string", "false")
        .register();
    assertThatThrownBy(
            () ->
                TestClient.in(realm)
                    .attribute("use.jwks.url", "true")
                    .attribute("jwks.url", "http://a.example/jwks")
                    .attribute("use.jwks.string", "false")
                    .register())
        .hasMessageContaining("jwks");
  }
}
