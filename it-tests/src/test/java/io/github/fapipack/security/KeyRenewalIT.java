package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys behind a jwks_uri that are renewed with the same kid, or without one. */
class KeyRenewalIT {
  /** Keys are loaded again after ten seconds at the earliest. */
  private static final Duration TIMEOUT = Duration.ofSeconds(25);

  private static final int FLOOD = 40;

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  @BeforeAll
  static void configureRealm() {
    realm.configure("fapi2-require-signed-resource-request", Map.of("required", "true"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "the-key")
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void takesANewKeyOfTheSameNameForAssertions(String kid) {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = one(kid);
      FapiClient client = client(ClientAuth.PRIVATE_KEY_JWT, jwks.serving(keys), keys);
      client.par().expect();

      ClientKeys renewed = one(kid);
      jwks.serving(renewed);
      FapiClient with = with(client, renewed);

      untilAccepted(() -> with.par().send());
      client.par().expectError(401, "invalid_client");
      assertThat(jwks.requests()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void takesANewKeyOfTheSameNameForRequestObjects() {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = one("the-key");
      FapiClient client = client(ClientAuth.TLS_CLIENT_AUTH, jwks.serving(keys), keys);
      client.par().expect();

      ClientKeys renewed = one("the-key");
      jwks.serving(renewed);
      FapiClient with = with(client, renewed);

      untilAccepted(() -> with.par().send());
      client.par().expectError(400, "invalid_request_object");
    }
  }

  @Test
  @Accepts(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void takesANewKeyOfTheSameNameForHttpSignatures() {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = one("the-key");
      FapiClient client = client(ClientAuth.TLS_CLIENT_AUTH, jwks.serving(keys), keys);
      Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
      client.userinfo(tokens).expect();

      ClientKeys renewed = one("the-key");
      jwks.serving(renewed);
      FapiClient with = with(client, renewed);

      untilAccepted(() -> with.userinfo(tokens).send());
      client.userinfo(tokens).expectError(401, "invalid_request");
    }
  }

  @Test
  @Rejects(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  @Rejects(by = "RejectWeakKeys", value = "FAPI2-SP 5.4.1-2")
  void takesNoWeakKeyOfTheSameName() {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = ClientKeys.of(named(ClientKeys.ps256(), "the-key"));
      FapiClient client =
          client(ClientAuth.PRIVATE_KEY_JWT, jwks.serving(keys), keys)
              .but()
              .algorithm("PS256")
              .build();
      client.par().expect();

      ClientKeys weak = ClientKeys.of(named(ClientKeys.rsa(1024), "the-key"));
      jwks.serving(weak);
      FapiClient with = with(client, weak);

      // Keycloak fetches a key set again after ten seconds at the earliest.
      Await.atMost(Duration.ofSeconds(30))
          .every(Duration.ofMillis(500))
          .until(
              "look at the weak key",
              () -> {
                with.par().expectError(401, "invalid_client");
                return jwks.requests() > 1;
              });
      with.par().expectError(401, "invalid_client");
    }
  }

  @Test
  @Rejects(by = "RequireSecureJwksUri", value = "FAPI2-SP 5.4.2-1")
  void looksSeldomHoweverManyWrongSignaturesAreSent() {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = one("the-key");
      FapiClient client = client(ClientAuth.PRIVATE_KEY_JWT, jwks.serving(keys), keys);
      client.par().expect();
      FapiClient stranger = with(client, one("the-key"));

      Instant start = Instant.now();
      do {
        IntStream.range(0, FLOOD)
            .parallel()
            .forEach(i -> stranger.par().expectError(401, "invalid_client"));
        client.par().expect();
      } while (Duration.between(start, Instant.now()).toSeconds() < 11);

      long seconds = Duration.between(start, Instant.now()).toSeconds();
      assertThat(jwks.requests()).isBetween(2, 2 + Math.toIntExact(seconds / 10));
    }
  }

  private static void untilAccepted(Supplier<HttpExchange> request) {
    Instant end = Instant.now().plus(TIMEOUT);
    HttpExchange answer = request.get();
    while (answer.status() >= 300) {
      assertThat(answer.status()).isLessThan(500);
      assertThat(Instant.now()).as("still refused: %s", answer).isBefore(end);
      answer = request.get();
    }
  }

  private static ClientKeys one(String kid) {
    return ClientKeys.of(named(ClientKeys.es256(), kid));
  }

  private static JWK named(JWK key, String kid) {
    return key instanceof RSAKey rsa
        ? new RSAKey.Builder(rsa).keyID(kid).build()
        : new ECKey.Builder((ECKey) key).keyID(kid).build();
  }

  private static FapiClient with(FapiClient client, ClientKeys keys) {
    return client.but().privateKeyJwt(keys).auth(client.auth()).build();
  }

  private static FapiClient client(ClientAuth auth, JwksServer jwks, ClientKeys keys) {
    return with(
        TestClient.in(realm)
            .auth(auth)
            .signing()
            .attribute("use.jwks.string", "false")
            .attribute("use.jwks.url", "true")
            .attribute("jwks.url", jwks.uri().toString())
            .register(),
        keys);
  }
}
