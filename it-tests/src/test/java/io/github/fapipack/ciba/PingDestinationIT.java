package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.peer.Neighbour;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Addresses to which a client cannot make the server post. {@link PingIT} shows allowed ones. */
@ExtendWith(ServerLogOnFailure.class)
class PingDestinationIT {
  private static CibaTest ciba;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
  }

  @AfterAll
  static void deleteRealm() {
    ciba.close();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  void pingsNoNeighbour(ClientOrigin origin) throws IOException {
    try (Neighbour neighbour = Neighbour.start()) {
      CibaClient client =
          CibaClient.pinged(
              ciba.describe(origin)
                  .attribute("ciba.backchannel.token.delivery.mode", "ping")
                  .attribute(
                      "ciba.backchannel.client.notification.endpoint",
                      neighbour.uri(Neighbour.ADDRESS).toString())
                  .register(),
              TestRealm.USERNAME);
      Acknowledged acknowledged = client.authenticate().expect();

      assertThat(ciba.answer(acknowledged, Decision.SUCCEED).status()).isLessThan(500);

      assertThat(neighbour.visits()).isZero();
    }
  }
}
