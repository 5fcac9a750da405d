package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.ClientAssertion;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clients may ask a user: how they authenticate, and what they register. */
@ExtendWith(ServerLogOnFailure.class)
class CibaClientIT {
  private static CibaTest ciba;
  private static CibaClient old;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
    old = ciba.polling(ClientOrigin.BEFORE_POLICY);
  }

  @AfterAll
  static void deleteRealm() {
    ciba.close();
  }

  static Stream<Named<Consumer<ClientAssertion>>> unacceptable() {
    return Stream.of(
        Named.of(
            "aud an endpoint",
            jwt -> jwt.audience(jwt.claim("aud") + "/protocol/openid-connect/revoke")),
        Named.of(
            "aud the endpoint for pushed requests",
            jwt -> jwt.audience(jwt.claim("aud") + "/protocol/openid-connect/ext/par/request")),
        Named.of("aud in an array", jwt -> jwt.audiences(String.valueOf(jwt.claim("aud")))),
        Named.of("RS256", jwt -> jwt.alg("RS256")),
        Named.of("none", jwt -> jwt.alg("none")),
        Named.of("EdDSA", jwt -> jwt.key(ClientKeys.ed25519())),
        Named.of("another key", jwt -> jwt.key(ClientKeys.es256())),
        Named.of("expired", jwt -> jwt.exp(Duration.ofMinutes(-1))),
        Named.of("a day long", jwt -> jwt.exp(Duration.ofDays(1))),
        Named.of("no jti", jwt -> jwt.without("jti")),
        Named.of("another client", jwt -> jwt.claim("sub", "nobody").claim("iss", "nobody")));
  }

  @ParameterizedTest
  @MethodSource("unacceptable")
  @Rejects(
      by = "RequireIssuerAudience",
      value = {"FAPI2-SP 5.3.2.1-8", "FAPI-CIBA 4.1.1-p11"})
  @Rejects(by = "RestrictAuthenticationRequestAlgorithm", value = "FAPI-CIBA 5.10-1")
  void rejectsABadAssertion(Consumer<ClientAssertion> edit) {
    old.authenticate().assertion(edit).expectError(401, "invalid_client");
    old.token("x").assertion(edit).expectError(401, "invalid_client");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireIssuerAudience", value = "FAPI2-SP 5.3.2.1-8")
  void rejectsAnotherEndpointAsAudienceForClientsOfEveryOrigin(ClientOrigin origin) {
    CibaClient client = ciba.polling(origin);
    String endpoint =
        client.client().discovery().endpoint("introspection_endpoint", false).toString();

    client
        .authenticate()
        .assertion(jwt -> jwt.audience(endpoint))
        .expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "AuthenticationRequests", value = "CIBA 7.1-1")
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void rejectsRequestsWithoutAuthentication() {
    old.authenticate().withoutAuthentication().expectError(401, "invalid_client");
    old.authenticate()
        .withoutAuthentication()
        .beside("client_id", old.client().clientId())
        .expectError(401, "invalid_client");
    CibaClient mtls =
        CibaClient.polling(
            ciba.describe(ClientOrigin.IMPORTED).auth(ClientAuth.TLS_CLIENT_AUTH).register(),
            TestRealm.USERNAME);
    mtls.authenticate().withoutCertificate().expectError(401, "invalid_client");
    mtls.authenticate().expect();
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientOrigin.class,
      names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(
      by = "RequireConfidentialClient",
      value = {"FAPI-CIBA 4.1.1-1", "FAPI2-SP 5.3.2.1-3"})
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void rejectsPublicClientsAndSecrets(ClientOrigin origin) {
    TestClient open = ciba.describe(origin).altering(client -> client.put("publicClient", true));
    CibaClient.polling(open.register(), TestRealm.USERNAME)
        .authenticate()
        .withoutAuthentication()
        .expectError(401, "invalid_client");

    FapiClient secret =
        ciba.describe(origin)
            .altering(
                client -> client.put("clientAuthenticatorType", "client-secret").put("secret", "s"))
            .register();
    CibaClient.polling(
            secret.but().secret(ClientAuth.CLIENT_SECRET_POST, "s").build(), TestRealm.USERNAME)
        .authenticate()
        .expectError(401, "invalid_client");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, {}",
    "text/plain, request=x",
    "multipart/form-data; boundary=b, --b--",
    "application/x-www-form-urlencoded, request=%",
    "application/x-www-form-urlencoded, %00=%ff"
  })
  @Rejects(by = "RequireWellFormedAuthenticationRequest", value = "CIBA 13-1")
  void rejectsWhatIsNoForm(String type, String body) {
    HttpExchange answer = old.authenticate().body(type, body).send();

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.error()).isIn("invalid_request", "invalid_client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  @Rejects(by = "AuthenticationRequests", value = "CIBA 7.1-1")
  void rejectsOtherMethods(String method) {
    assertThat(old.authenticate().method(method).send().status()).isBetween(400, 499);
  }

  @Test
  @Rejects(by = "RequireWellFormedAuthenticationRequest", value = "CIBA 13-1")
  void rejectsRepeatedParameters() {
    FapiRequest<?> request = old.authenticate();
    String object = old.authenticate().expect().exchange().sentForm().get("request").orElseThrow();

    request
        .withoutRequestObject()
        .adding("request", object)
        .adding("request", object)
        .expectError(400, "invalid_request");
  }

  static Stream<Named<Map<String, String>>> registrations() {
    String mode = "ciba.backchannel.token.delivery.mode";
    String address = "ciba.backchannel.client.notification.endpoint";
    String algorithm = "ciba.backchannel.auth.request.signing.alg";
    return Stream.of(
        Named.of("push", Map.of(mode, "push", address, "https://client.example/push")),
        Named.of("ping without address", Map.of(mode, "ping")),
        Named.of("ping without TLS", Map.of(mode, "ping", address, "http://client.example/ping")),
        Named.of("RS256", Map.of(algorithm, "RS256")),
        Named.of("none", Map.of(algorithm, "none")),
        Named.of("EdDSA", Map.of(algorithm, "EdDSA")));
  }

  @ParameterizedTest
  @MethodSource("registrations")
  @Rejects(
      by = "RestrictTokenDeliveryMode",
      value = {"FAPI-CIBA 4.1.1-3", "FAPI-CIBA 5.8-p2", "CIBA 4-2"})
  @Rejects(by = "RestrictAuthenticationRequestAlgorithm", value = "FAPI-CIBA 5.10-1")
  void rejectsARegistrationThatCannotWork(Map<String, String> attributes) {
    TestClient client = ciba.describe(ClientOrigin.AFTER_POLICY);
    attributes.forEach(client::attribute);

    assertThatThrownBy(client::register).hasMessageContaining("400").hasMessageContaining("fapi2-");
  }

  @Test
  @Accepts(by = "RestrictTokenDeliveryMode", value = "CIBA 4-2")
  void acceptsDynamicRegistrationForPing() {
    JsonNode registered =
        register(m -> m.put("backchannel_token_delivery_mode", "ping")).expectStatus(201).json();

    assertThat(registered.path("backchannel_token_delivery_mode").asText()).isEqualTo("ping");
    assertThat(registered.path("backchannel_authentication_request_signing_alg").asText())
        .isEqualTo("PS256");
  }

  @Test
  @Rejects(
      by = "RestrictTokenDeliveryMode",
      value = {"FAPI-CIBA 4.1.1-3", "FAPI-CIBA 5.8-p2", "CIBA 4-2"})
  @Rejects(by = "RestrictAuthenticationRequestAlgorithm", value = "FAPI-CIBA 5.10-1")
  void rejectsDynamicRegistrationForPush() {
    register(m -> m.put("backchannel_token_delivery_mode", "push"))
        .expectError(400, "invalid_client_metadata");
    register(m -> m.put("backchannel_client_notification_endpoint", "http://client.example/x"))
        .expectError(400, "invalid_client_metadata");
    register(m -> m.put("backchannel_authentication_request_signing_alg", "RS256"))
        .expectError(400, "invalid_client_metadata");
  }

  private static HttpExchange register(Consumer<ObjectNode> edit) {
    ObjectNode metadata =
        Json.object()
            .put("token_endpoint_auth_method", "private_key_jwt")
            .put("backchannel_token_delivery_mode", "ping")
            .put("backchannel_client_notification_endpoint", "https://client.example/ping")
            .put("backchannel_authentication_request_signing_alg", "PS256");
    metadata.putArray("redirect_uris").add("https://client.example/callback");
    metadata.putArray("grant_types").add(CibaClient.GRANT).add("refresh_token");
    metadata.set("jwks", Json.parse(ClientKeys.create().publicJwks()));
    edit.accept(metadata);
    String token =
        ciba.realm()
            .admin()
            .send(
                "POST",
                "/" + ciba.realm().name() + "/clients-initial-access",
                Json.object().put("count", 1).put("expiration", 60))
            .json()
            .path("token")
            .asText();
    return old.client()
        .get(
            URI.create(ciba.realm().issuer() + "/clients-registrations/openid-connect"),
            answer -> answer)
        .method("POST")
        .body("application/json", Json.text(metadata))
        .header("Authorization", "Bearer " + token)
        .send();
  }
}
