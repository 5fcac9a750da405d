package io.github.fapipack.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.device.PingInbox;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is pinged when it can get its tokens. */
@ExtendWith(ServerLogOnFailure.class)
class PingIT {
  private static CibaTest ciba;
  private static PingInbox inbox;
  private static CibaClient client;

  @BeforeAll
  static void importRealm() {
    ciba = CibaTest.start();
    // Long enough that no test waits for its end by chance.
    ciba.set(Map.of("cibaInterval", "60"));
    inbox = PingInbox.start(ciba.realm().server().pki().serverCa());
    client = ciba.pinged(ClientOrigin.BEFORE_POLICY, inbox);
  }

  @AfterAll
  static void deleteRealm() {
    inbox.close();
    ciba.close();
  }

  @AfterEach
  void behaveAgain() {
    inbox.answerWith(204);
    inbox.onPing(ping -> {});
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RestrictTokenDeliveryMode", value = "FAPI-CIBA 4.1.1-5")
  @Accepts(by = "CibaGrant", value = "CIBA 11-1")
  void whoPolledAMomentAgoMayComeAtOnceAfterThePing(ClientOrigin origin) {
    CibaClient pinged = ciba.pinged(origin, inbox);
    Acknowledged acknowledged = pinged.authenticate().expect();
    pinged.token(acknowledged).expectError(400, "authorization_pending");

    ciba.approve(acknowledged);

    pinged.token(acknowledged).expect();
  }

  @Test
  @Accepts(by = "RestrictTokenDeliveryMode", value = "FAPI-CIBA 4.1.1-5")
  void theTokensAreThereWhileThePingIsStillBeingDelivered() throws Exception {
    Acknowledged acknowledged = client.authenticate().expect();
    client.token(acknowledged).expectError(400, "authorization_pending");
    CompletableFuture<Tokens> fetched = new CompletableFuture<>();
    inbox.onPing(
        ping -> {
          try {
            fetched.complete(client.token(acknowledged).expect());
          } catch (RuntimeException | AssertionError e) {
            fetched.completeExceptionally(e);
          }
        });

    ciba.approve(acknowledged);

    assertThat(fetched.get(30, TimeUnit.SECONDS).idToken()).isNotNull();
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 10.1-1")
  void whoPollsAndIsPingedAtOnceGetsTokensOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (int round = 0; round < 5; round++) {
        Acknowledged acknowledged = client.authenticate().expect();
        List<Future<Integer>> polls = new CopyOnWriteArrayList<>();
        Callable<Integer> poll =
            () -> CibaTest.pollWhile(client, acknowledged, "authorization_pending").status();
        inbox.onPing(
            ping -> {
              polls.add(threads.submit(poll));
              polls.add(threads.submit(poll));
            });
        polls.add(threads.submit(poll));
        polls.add(threads.submit(poll));
        ciba.approve(acknowledged);

        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> one : polls) {
          statuses.add(one.get(60, TimeUnit.SECONDS));
        }
        assertThat(statuses).hasSize(4).containsOnlyOnce(200).containsOnly(200, 400);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 11-1")
  void whoPollsTooFastIsSlowedDown() {
    CibaClient polling = ciba.polling();
    Acknowledged acknowledged = polling.authenticate().expect();

    polling.token(acknowledged).expectError(400, "authorization_pending");
    polling.token(acknowledged).expectError(400, "slow_down");
    polling.token(acknowledged).expectError(400, "slow_down");
    ciba.approve(acknowledged); // nobody is pinged, so the interval holds
    polling.token(acknowledged).expectError(400, "slow_down");

    Acknowledged other = client.authenticate().expect();
    client.token(other).expectError(400, "authorization_pending");
    client.token(other).expectError(400, "slow_down");
  }

  @Test
  @Rejects(by = "CibaGrant", value = "CIBA 11-1")
  void aRefusalIsToldByAPingToo() {
    Acknowledged acknowledged = client.authenticate().expect();
    client.token(acknowledged).expectError(400, "authorization_pending");

    ciba.answer(acknowledged, Decision.UNAUTHORIZED).expectStatus(200);

    assertThat(inbox.pings(acknowledged.notificationToken())).hasSize(1);
    client.token(acknowledged).expectError(400, "access_denied");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 302, 303, 307, 401, 500})
  @Rejects(by = "DeviceAnswers", value = "CIBA 10.2-1")
  void aPingIsSentOnceAndNeverToElsewhereWhateverComesBack(int status) {
    inbox.answerWith(status);
    Acknowledged acknowledged = client.authenticate().expect();

    ciba.approve(acknowledged);

    assertThat(inbox.pings(acknowledged.notificationToken()))
        .singleElement()
        .satisfies(ping -> assertThat(ping.path()).isEqualTo("/pings"));
    client.token(acknowledged).expect();
  }

  @Test
  void anUnreachableAddressCostsNobodyTheTokens() {
    PingInbox gone = PingInbox.start(ciba.realm().server().pki().serverCa());
    CibaClient unreachable = ciba.pinged(ClientOrigin.AFTER_POLICY, gone);
    gone.close();

    unreachable.token(ciba.approved(unreachable)).expect();
  }

  @Test
  void aCertificateThatNobodyTrustsGetsNoPing() {
    try (PingInbox untrusted =
        PingInbox.start(CertificateAuthority.create("CN=nobody trusts me"))) {
      CibaClient deceived = ciba.pinged(ClientOrigin.AFTER_POLICY, untrusted);

      deceived.token(ciba.approved(deceived)).expect();
      assertThat(untrusted.pings()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "with spaces in it, but long", "line\r\nX-Evil: 1 xxxxxxxxxxxx"})
  @Rejects(by = "RequireClientNotificationToken", value = "CIBA 7.1-4")
  void rejectsATokenThatCannotBeOne(String token) {
    client
        .authenticate()
        .with("client_notification_token", token)
        .expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "RequireClientNotificationToken", value = "CIBA 7.1-4")
  void rejectsAMissingAndAnEndlessToken() {
    client.authenticate().without("client_notification_token").expectError(400, "invalid_request");
    client
        .authenticate()
        .with("client_notification_token", "x".repeat(1025))
        .expectError(400, "invalid_request");
    client
        .authenticate()
        .with("client_notification_token", "x".repeat(1024))
        .send()
        .expectStatus(200);
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientOrigin.class,
      names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(
      by = "RestrictTokenDeliveryMode",
      value = {
        "FAPI-CIBA 4.1.1-3",
        "FAPI-CIBA 4.1.1-4",
        "FAPI-CIBA 4.1.1-5",
        "FAPI-CIBA 5.8-p2",
        "CIBA 4-2"
      })
  void rejectsClientsWithAnotherModeOrWithoutASafeAddress(ClientOrigin origin) {
    for (Map<String, String> settings :
        List.of(
            Map.of("mode", "push", "address", "https://client.example/push"),
            Map.of("mode", "nonsense", "address", ""),
            Map.of("mode", "ping", "address", "http://client.example/ping"),
            Map.of("mode", "ping", "address", "https://user@client.example/ping"),
            Map.of("mode", "ping", "address", "nonsense"))) {
      CibaClient wrong = changed(origin, settings.get("mode"), settings.get("address"));

      wrong.authenticate().expectError(400, "unauthorized_client");
    }
  }

  @Test
  @Rejects(by = "RestrictTokenDeliveryMode", value = "FAPI-CIBA 4.1.1-3")
  void rejectsTheTokenRequestOfAClientThatHasTurnedToPush() {
    CibaClient turning = ciba.pinged(ClientOrigin.AFTER_POLICY, inbox);
    Acknowledged acknowledged = ciba.approved(turning);
    alter(turning, "push", inbox.uri().toString());

    HttpExchange answer = turning.token(acknowledged).expectError(400, "unauthorized_client");
    assertThat(answer.errorDescription()).contains("FAPI-CIBA 4.1.1-3");
  }

  /** Settings that the admin API would not accept, even without policies. */
  private static CibaClient changed(ClientOrigin origin, String mode, String address) {
    CibaClient made = ciba.pinged(origin, inbox);
    alter(made, mode, address);
    return made;
  }

  private static void alter(CibaClient client, String mode, String address) {
    var stored = ciba.realm().admin().client(ciba.realm().name(), client.client().clientId());
    stored
        .withObject("/attributes")
        .put("ciba.backchannel.token.delivery.mode", mode)
        .put("ciba.backchannel.client.notification.endpoint", address);
    var parts = Json.object().put("ifResourceExists", "OVERWRITE");
    parts.putArray("clients").add(stored);
    ciba.realm().admin().partialImport(ciba.realm().name(), parts);
  }
}
