package io.github.fapipack.ciba;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.device.PingInbox;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A realm for CIBA with a user and a device; polls may follow each other after a second. */
final class CibaTest implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final TestRealm realm;

  private CibaTest(TestRealm realm) {
    this.realm = realm;
    set(Map.of("cibaInterval", "1"));
  }

  static CibaTest start() {
    // From inside a container, the device and the client's address for pings are out of reach.
    assumeThat(TestServer.get()).isInstanceOf(DistributionServer.class);
    return new CibaTest(TestRealm.create("fapi-ciba"));
  }

  TestRealm realm() {
    return realm;
  }

  /** Changes attributes of the realm. */
  void set(Map<String, String> attributes) {
    realm.setAttributes(attributes);
  }

  /** The description of a client that may use the grant, and polls. */
  TestClient describe(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).attribute("oidc.ciba.grant.enabled", "true");
  }

  CibaClient polling(ClientOrigin origin) {
    return CibaClient.polling(describe(origin).register(), TestRealm.USERNAME);
  }

  CibaClient polling() {
    return polling(ClientOrigin.AFTER_POLICY);
  }

  CibaClient pinged(ClientOrigin origin, PingInbox inbox) {
    return CibaClient.pinged(
        describe(origin)
            .attribute("ciba.backchannel.token.delivery.mode", "ping")
            .attribute("ciba.backchannel.client.notification.endpoint", inbox.uri().toString())
            .register(),
        TestRealm.USERNAME);
  }

  /** The user says yes. */
  void approve(Acknowledged acknowledged) {
    answer(acknowledged, Decision.SUCCEED).expectStatus(200);
  }

  HttpExchange answer(Acknowledged acknowledged, Decision decision) {
    return TestServer.device().answer(acknowledged.bindingMessage(), decision);
  }

  /** Asks and has the user say yes. */
  Acknowledged approved(CibaClient client) {
    Acknowledged acknowledged = client.authenticate().expect();
    approve(acknowledged);
    return acknowledged;
  }

  /** Polls until the response is not one of the given errors. */
  static HttpExchange pollWhile(CibaClient client, Acknowledged acknowledged, String... errors) {
    return Await.atMost(TIMEOUT)
        .every(Duration.ofMillis(200))
        .until(
            "other answer than " + List.of(errors),
            () -> client.token(acknowledged).send(),
            answer -> !List.of(errors).contains(String.valueOf(answer.error())));
  }

  @Override
  public void close() {
    realm.close();
  }
}
