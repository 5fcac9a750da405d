package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.device.PingInbox;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole flows in which a user is asked on another device. */
@ExtendWith(ServerLogOnFailure.class)
class CibaFlowIT {
  private static CibaTest ciba;
  private static PingInbox inbox;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
    inbox = PingInbox.start(ciba.realm().server().pki().serverCa());
  }

  @AfterAll
  static void deleteRealm() {
    inbox.close();
    ciba.close();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireConfidentialClient", value = "FAPI-CIBA 4.1.1-1")
  @Accepts(by = "RequireBindingMessage", value = "FAPI-CIBA 4.1.1-2")
  @Accepts(by = "RestrictTokenDeliveryMode", value = "FAPI-CIBA 4.1.1-4")
  @Accepts(by = "RequireIssuerAudience", value = "FAPI-CIBA 4.1.1-p11")
  @Accepts(by = "AuthenticationRequests", value = "CIBA 7.1-1")
  @Accepts(by = "RequireOpenIdScope", value = "CIBA 7.1-2")
  @Accepts(by = "RequireOneUserHint", value = "CIBA 7.1-3")
  @Accepts(
      by = "RequireSignedAuthenticationRequest",
      value = {"CIBA 7.1.1-1", "CIBA 7.1.1-2"})
  @Accepts(by = "LimitRequestObjectLifetime", value = "CIBA 7.1.1-2")
  @Accepts(by = "RequireRequestObjectAudience", value = "CIBA 7.1.1-2")
  @Accepts(by = "RequireRequestObjectIssuer", value = "CIBA 7.1.1-2")
  @Accepts(by = "RejectReplayedRequestObject", value = "CIBA 7.1.1-2")
  @Accepts(
      by = "CibaGrant",
      value = {"CIBA 10.1-1", "CIBA 11-1"})
  @Accepts(by = "RequireWellFormedAuthenticationRequest", value = "CIBA 13-1")
  void aClientPollsForItsTokens(ClientOrigin origin) {
    CibaClient client = ciba.polling(origin);

    Acknowledged acknowledged = client.authenticate().expect();
    assertThat(acknowledged.expiresIn()).isEqualTo(120);
    assertThat(acknowledged.interval()).isEqualTo(1);
    client.token(acknowledged).expectError(400, "authorization_pending");
    ciba.approve(acknowledged);

    Tokens tokens = Tokens.of(CibaTest.pollWhile(client, acknowledged, "slow_down"));
    assertThat(tokens.confirmation("jkt")).isNotNull();
    client.client().verifiedIdToken(tokens, null);
    Tokens refreshed = client.client().refresh(tokens).expect();
    assertThat(refreshed.confirmation("jkt")).isEqualTo(tokens.confirmation("jkt"));
    assertThat(refreshed.refreshToken()).isEqualTo(tokens.refreshToken());
    assertThat(client.client().userinfo(tokens).expect().path("sub").asText())
        .isEqualTo(tokens.idClaims().get("sub"));
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "DeviceAnswers", value = "CIBA 10.2-1")
  @Accepts(
      by = "RestrictTokenDeliveryMode",
      value = {"FAPI-CIBA 4.1.1-5", "FAPI-CIBA 4.1.1-3", "FAPI-CIBA 5.8-p2", "CIBA 4-2"})
  @Accepts(by = "RequireClientNotificationToken", value = "CIBA 7.1-4")
  void aClientIsPingedAndFetchesItsTokens(ClientOrigin origin) {
    CibaClient client = ciba.pinged(origin, inbox);

    Acknowledged acknowledged = client.authenticate().expect();
    ciba.approve(acknowledged);

    assertThat(inbox.pings(acknowledged.notificationToken()))
        .singleElement()
        .satisfies(
            ping ->
                assertThat(ping.body())
                    .isEqualTo(Json.object().put("auth_req_id", acknowledged.authReqId())));
    client.token(acknowledged).expect();
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE_KEY_JWT, MTLS, ES256",
    "PRIVATE_KEY_JWT, DPOP, PS256",
    "TLS_CLIENT_AUTH, DPOP, ES256",
    "TLS_CLIENT_AUTH, MTLS, PS256"
  })
  @Accepts(
      by = "RestrictAuthenticationRequestAlgorithm",
      value = {"FAPI-CIBA 5.10-1", "FAPI-CIBA 5.10-2", "FAPI-CIBA 5.10-3", "CIBA 7.2-1"})
  void everyWayOfAuthenticationAndBindingWorks(
      ClientAuth auth, SenderConstraint constraint, String algorithm) {
    FapiClient registered =
        ciba.describe(ClientOrigin.BEFORE_POLICY)
            .auth(auth)
            .constraint(constraint)
            .algorithm(algorithm)
            .register();
    CibaClient client = CibaClient.polling(registered, TestRealm.USERNAME);

    Tokens tokens = client.token(ciba.approved(client)).expect();

    String member = constraint == SenderConstraint.DPOP ? "jkt" : "x5t#S256";
    assertThat(tokens.confirmation(member)).isNotNull();
    assertThat(registered.refresh(tokens).expect().confirmation(member)).isNotNull();
    assertThat(tokens.accessHeader().get("alg")).isIn("PS256", "ES256");
  }

  @Test
  void aNonceIsDemandedAndSpendsNothing() {
    CibaClient client = ciba.polling();
    Acknowledged acknowledged = ciba.approved(client);
    ciba.realm().configure("fapi2-require-dpop-nonce", Map.of("required", "true"));
    try {
      HttpExchange demanded =
          client.token(acknowledged).ignoringNonces().expectError(400, "use_dpop_nonce");
      assertThat(demanded.header("DPoP-Nonce")).isNotBlank();

      client.token(acknowledged).expect();
    } finally {
      ciba.realm().configure("fapi2-require-dpop-nonce", Map.of("required", "false"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Decision.class,
      names = {"UNAUTHORIZED", "CANCELLED"})
  @Rejects(by = "CibaGrant", value = "CIBA 11-1")
  void whatTheUserRefusesIsDenied(Decision decision) {
    CibaClient client = ciba.polling();
    Acknowledged acknowledged = client.authenticate().expect();

    ciba.answer(acknowledged, decision).expectStatus(200);

    client.token(acknowledged).expectError(400, "access_denied");
  }

  @Test
  void theIdTokenSaysHowTheUserLoggedInWhereThatWasAsked() {
    CibaClient client = ciba.polling();
    Acknowledged acknowledged = client.authenticate().with("acr_values", "1").expect();
    assertThat(device(acknowledged).path("acr_values").asText()).isEqualTo("1");
    ciba.approve(acknowledged);

    assertThat(client.token(acknowledged).expect().idClaims()).containsKey("acr");
  }

  @Test
  @Accepts(by = "RestrictRequestContext", value = "FAPI-CIBA 4.1.3-1")
  void theContextOfTheRequestReachesTheDevice() {
    CibaClient client = ciba.polling();
    Map<String, Object> context =
        Map.of("device", Map.of("ip", "192.0.2.1"), "note", "x".repeat(900));
    Acknowledged acknowledged =
        client.authenticate().requestObject(o -> o.claim("request_context", context)).expect();

    assertThat(device(acknowledged).at("/request_context/device/ip").asText())
        .isEqualTo("192.0.2.1");
    assertThat(device(acknowledged).has("jti") || device(acknowledged).has("aud")).isFalse();
    ciba.approve(acknowledged);
    client.token(acknowledged).expect();
  }

  @Test
  @Accepts(by = "RealmMetadata", value = "CIBA 4-1")
  void theMetadataSayWhatIsServed() {
    JsonNode metadata = ciba.polling().client().discovery().exchange().json();

    assertThat(metadata.path("backchannel_token_delivery_modes_supported"))
        .extracting(JsonNode::asText)
        .containsExactly("poll", "ping");
    for (String name :
        new String[] {
          "backchannel_authentication_request_signing_alg_values_supported",
          "token_endpoint_auth_signing_alg_values_supported",
          "request_object_signing_alg_values_supported",
          "dpop_signing_alg_values_supported",
          "id_token_signing_alg_values_supported"
        }) {
      assertThat(metadata.path(name))
          .extracting(JsonNode::asText)
          .as(name)
          .containsExactlyInAnyOrder("PS256", "ES256");
    }
    assertThat(metadata.path("grant_types_supported"))
        .extracting(JsonNode::asText)
        .contains(CibaClient.GRANT);
    assertThat(metadata.path("backchannel_authentication_endpoint").asText()).startsWith("https:");
    assertThat(metadata.path("backchannel_user_code_parameter_supported").asBoolean()).isFalse();
  }

  @Test
  @Rejects(by = "RealmMetadata", value = "CIBA 4-1")
  void noMetadataOfCibaWhereTheGrantIsNotServed() {
    FapiClient client = ciba.polling().client();
    ciba.realm()
        .configure("fapi2-restrict-grant-types", Map.of("grantTypes", "authorization_code"));
    try {
      assertThat(client.discover().exchange().body()).doesNotContain("backchannel_auth");
    } finally {
      ciba.realm().configure("fapi2-restrict-grant-types", Map.of("grantTypes", ""));
    }
  }

  private static JsonNode device(Acknowledged acknowledged) {
    return TestServer.device().request(acknowledged.bindingMessage()).body();
  }
}
