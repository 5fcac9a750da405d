package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keys behind a jwks_uri: renewed without a restart, and fetched rarely, for client assertions and
 * for request objects.
 */
class ClientKeyRotationIT {
  /** Keycloak fetches keys again after ten seconds at the earliest. */
  private static final Duration TIMEOUT = Duration.ofSeconds(25);

  private static final int FLOOD = 40;

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  @ParameterizedTest
  @EnumSource(names = {"PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"})
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void picksUpARotatedKeyAndForgetsTheOldOne(ClientAuth auth) {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = ClientKeys.create();
      FapiClient client = client(auth, jwks.serving(keys), keys);
      client.par().expect();

      ClientKeys rotated = ClientKeys.create();
      jwks.serving(rotated);
      int tried = untilAccepted(client.but().privateKeyJwt(rotated).auth(auth).build());

      assertThat(jwks.requests()).as("fetches for %d requests", tried).isLessThanOrEqualTo(3);
      assertThat(client.par().send().status()).isBetween(400, 401);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"})
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void asksOnceHoweverManyUnknownKeysAreNamed(ClientAuth auth) {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = ClientKeys.create();
      FapiClient client = client(auth, jwks.serving(keys), keys);
      client.par().expect();

      Instant start = Instant.now();
      flood(client);

      assertThat(jwks.requests()).isLessThanOrEqualTo(mostFetches(start));
      client.par().expect();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"})
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void leavesAServerAloneThatFailsUntilItHasRecovered(ClientAuth auth) {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = ClientKeys.create();
      FapiClient client = client(auth, jwks, keys);
      jwks.failing();

      Instant start = Instant.now();
      flood(client);

      assertThat(jwks.requests()).isLessThanOrEqualTo(mostFetches(start));
      jwks.serving(keys);
      untilAccepted(client);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"})
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void keepsTheKeysThatItHasWhileTheServerFails(ClientAuth auth) {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = ClientKeys.create();
      FapiClient client = client(auth, jwks.serving(keys), keys);
      client.par().expect();
      jwks.failing();

      Instant start = Instant.now();
      do {
        flood(client);
        client.par().expect();
      } while (Duration.between(start, Instant.now()).toSeconds() < 11);

      assertThat(jwks.requests()).isBetween(2, mostFetches(start));
    }
  }

  /** Each names another unknown key; several at a time. */
  private static void flood(FapiClient client) {
    IntStream.range(0, FLOOD)
        .parallel()
        .forEach(
            i -> {
              String kid = UUID.randomUUID().toString();
              FapiRequest<Pushed> request = client.par().requestObject(o -> o.header("kid", kid));
              if (client.auth() == ClientAuth.PRIVATE_KEY_JWT) {
                request.assertion(assertion -> assertion.header("kid", kid));
              }
              assertThat(request.send().status()).isBetween(400, 401);
            });
  }

  /** The first one, one for an unknown key, and one more for every ten seconds that it took. */
  private static int mostFetches(Instant start) {
    return 2 + Math.toIntExact(Duration.between(start, Instant.now()).toSeconds() / 10);
  }

  /** How many requests it took. */
  private static int untilAccepted(FapiClient client) {
    AtomicInteger tried = new AtomicInteger();
    Await.atMost(TIMEOUT)
        .every(Duration.ofMillis(250))
        .until(
            "request accepted",
            () -> {
              tried.incrementAndGet();
              return client.par().send().status() == 201;
            });
    return tried.get();
  }

  private static FapiClient client(ClientAuth auth, JwksServer jwks, ClientKeys keys) {
    return TestClient.in(realm)
        .auth(auth)
        .signing()
        .attribute("use.jwks.string", "false")
        .attribute("use.jwks.url", "true")
        .attribute("jwks.url", jwks.uri().toString())
        .register()
        .but()
        .privateKeyJwt(keys)
        .auth(auth)
        .build();
  }
}
