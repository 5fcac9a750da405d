package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may say that a user has agreed, and for whom. */
@ExtendWith(ServerLogOnFailure.class)
class DeviceAnswerIT {
  private static final String YES = "{\"status\":\"SUCCEED\"}";

  private static CibaTest ciba;
  private static CibaClient client;
  private static AuthenticationDevice device;
  private static URI callback;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
    client = ciba.polling();
    device = TestServer.device();
    callback = AuthenticationDevice.callbackOf(ciba.realm().issuer().toString());
  }

  @AfterAll
  static void deleteRealm() {
    ciba.close();
  }

  @Test
  void aForgedTokenIsRefused() {
    Acknowledged acknowledged = client.authenticate().expect();
    String token = device.request(acknowledged.bindingMessage()).token();
    String[] parts = token.split("\\.");
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

    refused(parts[0] + "." + parts[1] + ".");
    refused(parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA");
    refused(none + "." + parts[1] + ".");
    refused("x");
    refused("...");
    assertThat(device.post(callback, null, YES).status()).isEqualTo(401);
    client.token(acknowledged).expectError(400, "authorization_pending");
  }

  @Test
  void aForeignTokenIsRefused() {
    Acknowledged acknowledged = client.authenticate().expect();
    Tokens tokens = client.token(ciba.approved(client)).expect();

    refused(tokens.accessToken());
    refused(tokens.idToken());
    refused(acknowledged.authReqId());
    try (CibaTest other = CibaTest.start()) {
      Acknowledged elsewhere = other.polling().authenticate().expect();
      refused(device.request(elsewhere.bindingMessage()).token());
    }
    client.token(acknowledged).expectError(400, "authorization_pending");
  }

  private static void refused(String token) {
    HttpExchange answer = device.post(callback, token, YES);
    assertThat(answer.status()).isIn(401, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{",
        "garbage",
        "{\"status\":null}",
        "{\"status\":\"YES\"}",
        "{\"status\":[1]}",
        "{\"status\":{}}",
        "{\"status\":\"succeed\"}"
      })
  void anAnswerThatIsNoneIsRefused(String body) {
    Acknowledged acknowledged = client.authenticate().expect();
    String token = device.request(acknowledged.bindingMessage()).token();

    assertThat(device.post(callback, token, body).status()).isEqualTo(400);
    client.token(acknowledged).expectError(400, "authorization_pending");
  }

  @Test
  void whatWasRefusedStaysRefused() {
    Acknowledged acknowledged = client.authenticate().expect();
    ciba.answer(acknowledged, Decision.UNAUTHORIZED).expectStatus(200);

    ciba.answer(acknowledged, Decision.SUCCEED).expectStatus(403);

    client.token(acknowledged).expectError(400, "access_denied");
  }

  @Test
  void anAnswerIsTakenOnce() {
    Acknowledged acknowledged = ciba.approved(client);

    ciba.answer(acknowledged, Decision.SUCCEED).expectStatus(403);
  }

  @Test
  void theTokensAreForWhomeverWasAsked() {
    ciba.realm()
        .admin()
        .createUser(ciba.realm().name(), SampleUser.json("victim", "not to be known"));
    String victim =
        ciba.realm()
            .admin()
            .get("/" + ciba.realm().name() + "/users?username=victim")
            .get(0)
            .path("id")
            .asText();
    Acknowledged acknowledged =
        client
            .authenticate()
            .requestObject(
                o ->
                    o.claim("sub", victim)
                        .claim("azp", "account-console")
                        .claim("auth_result_id", "x")
                        .claim("typ", "x"))
            .expect();
    ciba.approve(acknowledged);

    Tokens tokens = client.token(acknowledged).expect();

    assertThat(tokens.idClaims().get("sub")).isNotEqualTo(victim);
    assertThat(tokens.accessClaims().get("sub")).isNotEqualTo(victim);
    assertThat(tokens.accessClaims().get("azp")).isEqualTo(client.client().clientId());
  }

  @Test
  void theDeviceSeesWhatItIsAbout() {
    Acknowledged acknowledged = client.authenticate().expect();

    var body = device.request(acknowledged.bindingMessage()).body();
    assertThat(body.path("login_hint").asText()).isEqualTo("alice");
    assertThat(body.path("scope").asText()).contains("openid");
    assertThat(body.path("is_consent_required").asBoolean()).isTrue();
    assertThat(Json.text(body)).doesNotContain("client_assertion", "\"jti\"", "\"iss\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 500})
  void aDeviceThatTakesNoRequestIsTheServersTrouble(int status) {
    device.acknowledgeWith(status);
    try {
      HttpExchange answer = client.authenticate().send();

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("server_error");
    } finally {
      device.acknowledgeWith(201);
    }
  }
}
