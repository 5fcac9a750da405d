package io.github.fapipack.identity;

import static io.github.fapipack.identity.LoginRealm.DEVICE;
import static io.github.fapipack.identity.LoginRealm.HIGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tokens say about a login on the user's device (CIBA). */
@ExtendWith(ServerLogOnFailure.class)
class DeviceLoginIT {
  private static LoginRealm realm;
  private static CibaClient client;

  @BeforeAll
  static void importRealm() {
    // From inside a container, the device is out of reach.
    assumeThat(TestServer.get()).isInstanceOf(DistributionServer.class);
    realm =
        LoginRealm.of(
            "fapi-ciba",
            profile -> {
              profile
                  .withObject("/authentication")
                  .put("device_level", 2)
                  .put("device_id_token_lifetime", 1000000)
                  .put("txn", true)
                  .put("id_token", "always");
              profile.putObject("purpose").put("min", 3).put("max", 300).put("forbidden", "<>");
            },
            copy -> copy.withObject("/attributes").put("cibaInterval", "1"));
    client =
        CibaClient.polling(
            TestClient.in(realm.realm()).attribute("oidc.ciba.grant.enabled", "true").register(),
            TestRealm.USERNAME);
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static Tokens tokens(FapiRequest<Acknowledged> request) {
    Acknowledged acknowledged = request.expect();
    TestServer.device().answer(acknowledged.bindingMessage(), Decision.SUCCEED).expectStatus(200);
    HttpExchange answer =
        Await.atMost(Duration.ofSeconds(30))
            .every(Duration.ofMillis(300))
            .until(
                "tokens",
                () -> client.token(acknowledged).send(),
                polled -> !"slow_down".equals(polled.error()));
    return Tokens.of(answer);
  }

  @Test
  @Accepts(by = "IssueClaims", value = "OIDC 5.5")
  @Accepts(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void theLevelIsThatOfTheDevice() {
    Tokens tokens =
        tokens(client.authenticate().requestObject(o -> o.claim("purpose", "Pay the identité")));
    assertThat(tokens.idClaims()).containsEntry("acr", HIGH).containsKey("txn");
    assertThat((Long) tokens.idClaims().get("exp") - (Long) tokens.idClaims().get("iat"))
        .isEqualTo(1000000);
    Tokens refreshed = client.client().refresh(tokens).expect();
    assertThat(refreshed.idClaims())
        .containsEntry("acr", HIGH)
        .containsEntry("txn", tokens.idClaims().get("txn"));

    assertThat(
            tokens(client.authenticate().requestObject(o -> o.claim("acr_values", DEVICE)))
                .idClaims())
        .containsEntry("acr", HIGH);
    assertThat(
            tokens(
                    client
                        .authenticate()
                        .requestObject(o -> o.claim("acr_values", "x " + LoginRealm.LOW)))
                .idClaims())
        .containsEntry("acr", LoginRealm.LOW);
  }

  @Test
  @Rejects(by = "RestrictPurpose", value = "OIDC 3.1.2.1")
  void aPurposeThatCouldMisleadIsRefused() {
    for (Object purpose : new Object[] {"ab", "x".repeat(301), "<b>", 5}) {
      client
          .authenticate()
          .requestObject(o -> o.claim("purpose", purpose))
          .expectError(400, "invalid_request");
    }
  }
}
