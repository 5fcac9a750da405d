package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for an auth_req_id: once, bound, and for the client that it was given to. */
@ExtendWith(ServerLogOnFailure.class)
class AuthReqIdIT {
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
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void isOfNoUseToAnotherClient(ClientOrigin origin) {
    CibaClient owner = ciba.polling();
    Acknowledged acknowledged = ciba.approved(owner);

    ciba.polling(origin).token(acknowledged).expectError(400, "invalid_grant");

    owner.token(acknowledged).expect();
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void isOfNoUseInAnotherRealm() {
    Acknowledged acknowledged = ciba.approved(ciba.polling());
    try (CibaTest other = CibaTest.start()) {
      other.polling().token(acknowledged).expectError(400, "invalid_grant");
    }
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void givesTokensOnce() {
    CibaClient client = ciba.polling();
    Acknowledged acknowledged = ciba.approved(client);
    client.token(acknowledged).expect();

    client.token(acknowledged).expectError(400, "invalid_grant");
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void givesTokensOnceToManyRequestsAtATime() throws Exception {
    CibaClient client = ciba.polling();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 3; round++) {
        Acknowledged acknowledged = ciba.approved(client);
        Callable<HttpExchange> request = () -> client.token(acknowledged).send();

        List<HttpExchange> answers =
            threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> request).toList()).stream()
                .map(AuthReqIdIT::result)
                .toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
            .filteredOn(answer -> answer.status() != 200)
            .allSatisfy(
                answer -> {
                  assertThat(answer.status()).isEqualTo(400);
                  assertThat(answer.error()).isIn("slow_down", "invalid_grant");
                });
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static HttpExchange result(Future<HttpExchange> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anIntervalOfNothingIsNone() {
    CibaClient client = ciba.polling();
    ciba.set(Map.of("cibaInterval", "0"));
    try {
      Acknowledged acknowledged = client.authenticate().expect();

      assertThat(acknowledged.interval()).isEqualTo(5);
      client.token(acknowledged).expectError(400, "authorization_pending");
    } finally {
      ciba.set(Map.of("cibaInterval", "1"));
    }
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 11-1")
  void expires() {
    CibaClient client = ciba.polling();
    ciba.set(Map.of("cibaExpiresIn", "2"));
    Acknowledged acknowledged = client.authenticate().expect();
    ciba.set(Map.of("cibaExpiresIn", "120"));
    assertThat(acknowledged.expiresIn()).isEqualTo(2);

    CibaTest.pollWhile(client, acknowledged, "authorization_pending", "slow_down")
        .expectError(400, "expired_token");
  }

  @Test
  @Accepts("CIBA 7.3-1")
  void livesAsLongAsTheAnswerSaysWhateverWasAskedFor() {
    CibaClient client = ciba.polling();

    Acknowledged acknowledged = client.authenticate().with("requested_expiry", "100000").expect();

    assertThat(acknowledged.expiresIn()).isEqualTo(120);
    assertThat(acknowledged.authReqId()).matches("[A-Za-z0-9._-]{27,}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "a.b.c",
        "a.b.c.d.e",
        "....",
        "eyJhbGciOiJkaXIifQ..x.y.z",
        "\uD83D\uDE00"
      })
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void isNotGarbage(String garbage) {
    HttpExchange answer = ciba.polling().token(garbage).send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isIn("invalid_grant", "invalid_request");
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void isNeeded() {
    ciba.polling().token("x").without("auth_req_id").expectError(400, "invalid_request");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  void givesNoUnboundToken(ClientOrigin origin) {
    CibaClient client = ciba.polling(origin);
    Acknowledged acknowledged = ciba.approved(client);

    client.token(acknowledged).withoutProof().expectError(400, "invalid_request");

    client.token(acknowledged).expect();
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  void givesNoUnboundTokenWithoutACertificate() {
    FapiClient registered =
        ciba.describe(ClientOrigin.IMPORTED).constraint(SenderConstraint.MTLS).register();
    CibaClient client = CibaClient.polling(registered, TestRealm.USERNAME);
    Acknowledged acknowledged = ciba.approved(client);

    client.token(acknowledged).withoutCertificate().expectError(400, "invalid_request");

    assertThat(client.token(acknowledged).expect().confirmation("x5t#S256")).isNotNull();
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void isOfNoUseToAClientThatMayNotUseTheGrant() {
    Acknowledged acknowledged = ciba.approved(ciba.polling());
    FapiClient other =
        ciba.describe(ClientOrigin.IMPORTED)
            .attribute("oidc.ciba.grant.enabled", "false")
            .register();
    CibaClient client = CibaClient.polling(other, TestRealm.USERNAME);

    client.authenticate().expectError(400, "unauthorized_client");
    assertThat(client.token(acknowledged).send().status()).isEqualTo(400);
  }
}
