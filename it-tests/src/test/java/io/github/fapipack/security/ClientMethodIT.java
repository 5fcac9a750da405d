package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The allowed methods of client authentication, at every endpoint. */
class ClientMethodIT {
  private static final String SECRET = "a-secret-that-is-long-enough-for-hs256";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @EnumSource(names = {"PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"})
  @Accepts(
      by = "RequireAsymmetricClientAuthentication",
      value = {"FAPI2-SP 5.3.2.1-6", "RFC9126 2-2", "RFC9126 2.1-1"})
  @Accepts(
      by = "RequireConfidentialClient",
      value = {"FAPI2-SP 5.3.2.1-3", "FAPI2-SP 5.3.2.2-4"})
  void acceptsAsymmetricMethodsForClientsOfEveryOrigin(ClientAuth auth) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client = TestClient.in(realm).made(origin).auth(auth).register();

      client.par().expect();
      client.tokens(TestRealm.USERNAME, realm.password());
      client.introspect("unknown").expect();
      client.revoke("unknown").expect();
    }
  }

  static Stream<Arguments> secrets() {
    return Stream.of(ClientOrigin.BEFORE_POLICY, ClientOrigin.IMPORTED)
        .flatMap(
            origin ->
                Stream.of(
                        ClientAuth.CLIENT_SECRET_BASIC,
                        ClientAuth.CLIENT_SECRET_POST,
                        ClientAuth.CLIENT_SECRET_JWT)
                    .map(method -> Arguments.of(origin, method)));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  @Rejects(
      by = "RequireAsymmetricClientAuthentication",
      value = {"FAPI2-SP 5.3.2.1-6", "RFC9126 2-2"})
  void rejectsSharedSecretsAtEveryEndpoint(ClientOrigin origin, ClientAuth method) {
    FapiClient client = withSecret(origin, method);

    for (HttpExchange answer : everywhere(client)) {
      answer.expectError(401, "invalid_client");
      assertThat(answer.errorDescription()).contains("FAPI2-SP 5.3.2.1-6");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-secret", "client-secret-jwt", "federated-jwt", "nonsense"})
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void rejectsOtherMethodsAtRegistration(String authenticator) {
    assertThatThrownBy(
            () ->
                TestClient.in(realm)
                    .altering(client -> client.put("clientAuthenticatorType", authenticator))
                    .register())
        .hasMessageContaining("400")
        .hasMessageContaining("clientAuthenticatorType");
  }

  @Test
  @Accepts(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void givesAnAllowedMethodToANewClientThatNamesNone() {
    TestClient.in(realm)
        .altering(client -> client.remove("clientAuthenticatorType"))
        .register()
        .par()
        .expect();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(
      by = "RequireConfidentialClient",
      value = {"FAPI2-SP 5.3.2.1-3", "FAPI2-SP 5.3.2.2-4"})
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "RFC9126 2.1-1")
  void rejectsPublicClientsAtEveryEndpoint(ClientOrigin origin) {
    FapiClient client =
        TestClient.in(realm)
            .made(origin)
            .altering(registration -> registration.put("publicClient", true))
            .register()
            .but()
            .auth(ClientAuth.NONE)
            .build();

    for (HttpExchange answer : everywhere(client)) {
      answer.expectError(401, "invalid_client");
      assertThat(answer.errorDescription()).contains("FAPI2-SP 5.3.2.1-3");
    }
    client.visitWithoutPar().expectErrorPage();
  }

  @Test
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  void rejectsPublicClientsAtRegistration() {
    assertThatThrownBy(
            () ->
                TestClient.in(realm)
                    .altering(client -> client.put("publicClient", true))
                    .register())
        .hasMessageContaining("400")
        .hasMessageContaining("publicClient");
  }

  @Test
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void rejectsTwoMethodsInOneRequest() {
    FapiClient jwt = TestClient.in(realm).register();
    FapiClient tls = TestClient.in(realm).auth(ClientAuth.TLS_CLIENT_AUTH).register();

    jwt.par().with("client_secret", SECRET).expectError(400, "invalid_request");
    jwt.par().header("Authorization", basic(jwt.clientId())).expectError(400, "invalid_request");
    tls.par().with("client_secret", SECRET).expectError(400, "invalid_request");
    tls.par()
        .with("client_assertion", "e30.e30.e30")
        .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .expectError("invalid_request");
  }

  @Test
  @Accepts(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void letsASecretPassInReportMode() {
    try (TestRealm migrating = TestRealm.create("fapi2-security-profile")) {
      migrating.configure(
          "fapi2-require-asymmetric-client-authentication", Map.of("mode", "report"));

      withSecret(migrating, ClientOrigin.BEFORE_POLICY, ClientAuth.CLIENT_SECRET_BASIC)
          .par()
          .expect();
    }
  }

  private static String basic(String user) {
    byte[] pair = (user + ":" + SECRET).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static FapiClient withSecret(ClientOrigin origin, ClientAuth method) {
    return withSecret(realm, origin, method);
  }

  private static FapiClient withSecret(TestRealm realm, ClientOrigin origin, ClientAuth method) {
    String authenticator =
        method == ClientAuth.CLIENT_SECRET_JWT ? "client-secret-jwt" : "client-secret";
    return TestClient.in(realm)
        .made(origin)
        .altering(
            client -> client.put("clientAuthenticatorType", authenticator).put("secret", SECRET))
        .register()
        .but()
        .secret(method, SECRET)
        .build();
  }

  private static Iterable<HttpExchange> everywhere(FapiClient client) {
    return Stream.of(
            client.par().send(),
            client.clientCredentials().send(),
            client.grant("refresh_token").with("refresh_token", "unknown").send(),
            client.introspect("unknown").send(),
            client.revoke("unknown").send(),
            client.post("backchannel_authentication_endpoint", answer -> answer).send())
        .toList();
  }
}
