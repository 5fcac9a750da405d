package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client's authorization details are shown on the user's device and are in the tokens. */
@ExtendWith(ServerLogOnFailure.class)
class RichAuthenticationRequestIT {
  private static final String PARAMETER = "authorization_details";
  private static final String INVALID = "invalid_authorization_details";

  private static CibaTest ciba;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
  }

  @AfterAll
  static void deleteRealm() {
    ciba.close();
  }

  private static ObjectNode payment(String amount) {
    ObjectNode payment =
        Json.object()
            .put("type", "payment_initiation")
            .put("creditorName", "Café \u0645\u0642\u0647\u0649")
            .put("remittanceInformationUnstructured", "x".repeat(140));
    payment.putObject("instructedAmount").put("currency", "EUR").put("amount", amount);
    payment.putObject("creditorAccount").put("iban", "DE02100100109307118603");
    return payment;
  }

  private static JsonNode list(ObjectNode... details) {
    return Json.object().putArray("list").addAll(List.of(details));
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "CibaGrant", value = "RFC9396 3-1")
  @Accepts(by = "RestrictAuthorizationDetails", value = "RFC9396 3-1")
  @Accepts(by = "Issuance", value = "RFC9396 7-1")
  @Accepts(by = "TokenDetailsWriter", value = "RFC9396 9.1-1")
  @Accepts(by = "AccessTokenIntrospection", value = "RFC9396 9.2-1")
  void whatIsAskedForIsShownAndGiven(ClientOrigin origin) {
    CibaClient client = ciba.polling(origin);
    JsonNode asked = list(payment("10.00"), payment("20.00"));

    Acknowledged one = client.authenticate().with(PARAMETER, asked.toString()).expect();
    Acknowledged other = client.authenticate().expect();
    JsonNode shown = TestServer.device().request(one.bindingMessage()).body();
    assertThat(Json.parse(shown.path(PARAMETER).asText())).as(shown.toString()).isEqualTo(asked);
    ciba.approve(other);
    ciba.approve(one);

    Tokens without = client.token(other).expect();
    assertThat(without.exchange().json().has(PARAMETER)).isFalse();
    assertThat(without.accessClaims()).doesNotContainKey(PARAMETER);
    Tokens tokens = client.token(one).expect();
    assertThat(tokens.exchange().json().path(PARAMETER)).isEqualTo(asked);
    assertThat(Json.tree(tokens.accessClaims()).path(PARAMETER)).isEqualTo(asked);
    assertThat(client.client().introspect(tokens.accessToken()).expect().path(PARAMETER))
        .isEqualTo(asked);
    Tokens refreshed = client.client().refresh(tokens).expect();
    assertThat(refreshed.exchange().json().path(PARAMETER)).isEqualTo(asked);
  }

  @Test
  @Accepts(by = "RequireValidGrantRequest", value = "GM 5.2-1")
  @Accepts(by = "Issuance", value = "GM 5.2-4.2")
  @Rejects(
      by = "RequireValidGrantRequest",
      value = {"GM 5.2-1", "GM 5.4-1", "GM 5.4-3"})
  void grantsAreManagedOnThisWayAsWell() {
    CibaClient client = ciba.polling();
    Tokens created = managed(client, "create", null, payment("10.00"));
    String id = created.exchange().json().path("grant_id").asText();
    assertThat(id).hasSize(43);

    Tokens merged = managed(client, "merge", id, payment("20.00"));
    assertThat(merged.exchange().json().path("grant_id").asText()).isEqualTo(id);
    assertThat(merged.exchange().json().path(PARAMETER))
        .isEqualTo(list(payment("10.00"), payment("20.00")));
    client.client().refresh(created).expectError("invalid_grant");
    assertThat(client.client().refresh(merged).expect().exchange().json().path(PARAMETER))
        .hasSize(2);
    client.authenticate().with("grant_id", id).expectError(400, "invalid_request");
    client
        .authenticate()
        .with("grant_management_action", "merge")
        .with("grant_id", "x".repeat(43))
        .expectError(400, "invalid_grant_id");
  }

  private static Tokens managed(
      CibaClient client, String action, String grantId, ObjectNode payment) {
    var request =
        client
            .authenticate()
            .with("grant_management_action", action)
            .with(PARAMETER, list(payment).toString());
    if (grantId != null) {
      request.with("grant_id", grantId);
    }
    Acknowledged acknowledged = request.expect();
    ciba.approve(acknowledged);
    return client.token(acknowledged).expect();
  }

  @Test
  @Accepts(
      by = "Narrowing",
      value = {"RFC9396 6-1", "RFC9396 6.1-1"})
  @Accepts(by = "Comparison", value = "RFC9396 6.1-1")
  @Rejects(
      by = "Narrowing",
      value = {"RFC9396 6-1", "RFC9396 6.1-1"})
  @Rejects(by = "Comparison", value = "RFC9396 6.1-1")
  void theTokenRequestMayAskForLessOnly() {
    CibaClient client = ciba.polling();
    Acknowledged acknowledged =
        client.authenticate().with(PARAMETER, list(payment("10.00")).toString()).expect();
    ciba.approve(acknowledged);

    client
        .token(acknowledged)
        .with(PARAMETER, list(payment("10.01")).toString())
        .expectError(400, INVALID);
    CibaTest.pollWhile(client, acknowledged, "slow_down").expectStatus(200);

    Acknowledged next =
        client.authenticate().with(PARAMETER, list(payment("10.00")).toString()).expect();
    ciba.approve(next);
    JsonNode less = list(payment("9.99"));
    Tokens tokens = client.token(next).with(PARAMETER, less.toString()).expect();
    assertThat(tokens.exchange().json().path(PARAMETER)).isEqualTo(less);
  }

  @Test
  @Rejects(
      by = "RestrictAuthorizationDetails",
      value = {"RFC9396 5-1", "RFC9396 5-2", "RFC9396 3-1"})
  @Rejects(
      by = "DetailsCheck",
      value = {"RFC9396 5-1", "RFC9396 5-2"})
  @Rejects(by = "InvalidAuthorizationDetails", value = "RFC9396 5-2")
  @Rejects(by = "CibaGrant", value = "RFC9396 3-1")
  void whatIsWrongIsRefusedBeforeAnybodyIsAsked() {
    CibaClient client = ciba.polling(ClientOrigin.BEFORE_POLICY);
    for (String wrong :
        new String[] {
          "{}",
          "[]",
          "[{\"type\":\"unknown\"}]",
          list(payment("-1")).toString(),
          list(payment("1").put("tip", 1)).toString(),
          list(payment("1").put("creditorName", "A\u202eB")).toString()
        }) {
      client.authenticate().with(PARAMETER, wrong).expectError(400, INVALID);
    }
    client
        .authenticate()
        .beside(PARAMETER, list(payment("1")).toString())
        .expectError(400, INVALID);
    Acknowledged plain = client.authenticate().expect();
    ciba.approve(plain);
    client.token(plain).with(PARAMETER, list(payment("1")).toString()).expectError(400, INVALID);
  }
}
