package io.github.fapipack.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.peer.Neighbour;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From where, for how long and how much a client can make the server fetch. */
class KeyFetchIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private Neighbour neighbour;
  private JwksServer jwks;

  @BeforeEach
  void start() {
    neighbour = Neighbour.start();
    jwks = JwksServer.https(realm.server().pki());
  }

  @AfterEach
  void stop() throws IOException {
    neighbour.close();
    jwks.close();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  void fetchesKeysFromAnAllowedNetwork(ClientOrigin origin) {
    ClientKeys keys = ClientKeys.create();

    withKeysAt(origin, jwks.serving(keys).uri().toString(), keys).par().expect();
  }

  static Stream<Arguments> privateHosts() {
    return Stream.of(Neighbour.ADDRESS, "[::ffff:127.0.0.2]")
        .flatMap(host -> Stream.of(ClientOrigin.values()).map(from -> Arguments.of(host, from)));
  }

  @ParameterizedTest
  @MethodSource("privateHosts")
  void doesNotAskItsNeighbours(String host, ClientOrigin origin) {
    FapiClient client = withKeysAt(origin, neighbour.uri(host).toString(), ClientKeys.create());

    client.par().expectError(401, "invalid_client");
    client.clientCredentials().expectError(401, "invalid_client");

    assertThat(neighbour.visits()).isZero();
  }

  /** The server can reach the neighbour, and does so in other realms as without the pack. */
  @Test
  void leavesRealmsWithoutTheRulesAlone() {
    ClientKeys keys = ClientKeys.create();
    FapiClient client =
        withKeysAt(ClientOrigin.AFTER_POLICY, neighbour.uri(Neighbour.ADDRESS).toString(), keys);

    realm.withoutPolicies(() -> client.par().send());

    assertThat(neighbour.visits()).isPositive();
  }

  @Test
  void followsNoRedirectToANeighbour() {
    jwks.answering(
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Location", neighbour.uri(Neighbour.ADDRESS).toString());
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });

    client(jwks).par().expectError(401, "invalid_client");

    assertThat(jwks.requests()).isPositive();
    assertThat(neighbour.visits()).isZero();
  }

  @Test
  void doesNotWaitForAnAnswerThatDrips() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    jwks.answering(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            // Shorter pauses than the socket's timeout.
            while (!over.await(500, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Instant begin = Instant.now();

    client(jwks).par().expectError(401, "invalid_client");

    over.countDown();
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsNoMoreThanAKeySet(boolean compressed) {
    ClientKeys keys = ClientKeys.create();
    FapiClient client = withKeysAt(ClientOrigin.AFTER_POLICY, jwks.uri().toString(), keys);
    jwks.answering(exchange -> answer(exchange, padded(keys, 1_000_000, compressed), compressed));

    client.par().expectError(401, "invalid_client");

    FapiClient other = withKeysAt(ClientOrigin.AFTER_POLICY, jwks.uri().toString(), keys);
    jwks.answering(exchange -> answer(exchange, padded(keys, 100_000, compressed), compressed));
    other.par().expect();
  }

  @Test
  void asksNoNeighbourForASectorIdentifier() {
    ObjectNode metadata = DynamicRegistration.metadata(ClientKeys.create());
    metadata
        .put("subject_type", "pairwise")
        .put("sector_identifier_uri", neighbour.uri(Neighbour.ADDRESS).toString());

    DynamicRegistration.in(realm).register(metadata).expectError(400, "invalid_client_metadata");

    assertThat(neighbour.visits()).isZero();
  }

  private static void answer(
      com.sun.net.httpserver.HttpExchange exchange, byte[] body, boolean compressed)
      throws IOException {
    if (compressed) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] padded(ClientKeys keys, int blanks, boolean compressed) throws IOException {
    byte[] text = (keys.publicJwks() + " ".repeat(blanks)).getBytes(StandardCharsets.UTF_8);
    if (!compressed) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    }
    return bytes.toByteArray();
  }

  private static FapiClient client(JwksServer jwks) {
    return withKeysAt(ClientOrigin.AFTER_POLICY, jwks.uri().toString(), ClientKeys.create());
  }

  private static FapiClient withKeysAt(ClientOrigin origin, String uri, ClientKeys keys) {
    return TestClient.in(realm)
        .made(origin)
        .attribute("use.jwks.string", "false")
        .attribute("use.jwks.url", "true")
        .attribute("jwks.url", uri)
        .register()
        .but()
        .privateKeyJwt(keys)
        .build();
  }
}
