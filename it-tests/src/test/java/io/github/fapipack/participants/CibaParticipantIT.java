package io.github.fapipack.participants;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.directory.Software;
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

/** Requests of a client for a user on another device, while its participant is not active. */
@ExtendWith(ServerLogOnFailure.class)
class CibaParticipantIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static JoinedRealm joined;

  @BeforeAll
  static void start() {
    joined = JoinedRealm.start("fapi-ciba");
  }

  @AfterAll
  static void stop() {
    joined.close();
  }

  private static CibaClient client(Software software) {
    return CibaClient.polling(
        joined.join(
            TestClient.in(joined.realm()).attribute("oidc.ciba.grant.enabled", "true").register(),
            software),
        TestRealm.USERNAME);
  }

  private static Acknowledged approved(CibaClient client) {
    Acknowledged acknowledged = client.authenticate().expect();
    TestServer.device().answer(acknowledged.bindingMessage(), Decision.SUCCEED).expectStatus(200);
    return acknowledged;
  }

  @Test
  void aSuspendedClientAsksNobodyAndContinuesLater() {
    Software software = joined.software();
    CibaClient client = client(software);
    Acknowledged asked = approved(client);
    software.state("INACTIVE");
    joined.refresh();

    client.authenticate().expectError(400, "unauthorized_client");
    client.token(asked).expectError(400, "unauthorized_client");

    software.state("ACTIVE");
    joined.refresh();
    Await.atMost(SOON)
        .every(Duration.ofSeconds(1))
        .until("tokens", () -> client.token(asked).send().status() == 200);
  }

  @Test
  void aRequestOfAWithdrawnClientHasEnded() {
    Software software = joined.software();
    CibaClient client = client(software);
    Acknowledged asked = approved(client);
    software.organisation().listedAs("REVOKED");
    joined.refresh();
    software.organisation().listedAs("ACTIVE");
    joined.refresh();

    assertThat(client.token(asked).expectError(400, "access_denied").errorDescription())
        .contains("start again");
    Await.atMost(SOON)
        .every(Duration.ofSeconds(1))
        .until("tokens", () -> client.token(approved(client)).send().status() == 200);
  }
}
