package io.github.fapipack.resourceserver.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GuardedHttpTest {
  private static final int LIMIT = 10_000;

  private final TestIssuer issuer = TestIssuer.start("https://api.example");
  private final GuardedHttp http = new GuardedHttp(Optional.empty(), Duration.ofMillis(400), LIMIT);

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void returnsStatusTypeAndBody() throws FetchFailed {
    issuer.trouble(Endpoint.JWKS, Trouble.body("Application/JSON; charset=utf-8", "{}"));

    Answer answer = http.get(jwks(), "application/json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.mediaType()).isEqualTo("application/json");
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
  }

  @Test
  void takesTheLargestBodyThatIsAllowed() throws FetchFailed {
    issuer.trouble(Endpoint.JWKS, Trouble.body("text/plain", "x".repeat(LIMIT)));

    assertThat(http.get(jwks(), "*/*").body()).hasSize(LIMIT);
  }

  @Test
  void hangsUpWhenABodyIsLarger() {
    issuer.trouble(Endpoint.JWKS, Trouble.body("text/plain", "x".repeat(LIMIT + 1)));

    assertThatThrownBy(() -> http.get(jwks(), "*/*")).isInstanceOf(FetchFailed.class);
  }

  @Test
  void hangsUpWhenABodyDoesNotEnd() {
    issuer.trouble(Endpoint.JWKS, Trouble.endless());

    assertThatThrownBy(() -> http.get(jwks(), "*/*")).isInstanceOf(FetchFailed.class);
  }

  @Test
  void givesUpOnABodyThatTricklesAndHangsUp() throws InterruptedException {
    CountDownLatch hungUp = new CountDownLatch(1);
    issuer.trouble(
        Endpoint.JWKS,
        exchange -> {
          try {
            Trouble.trickle(50).answer(exchange);
          } finally {
            hungUp.countDown();
          }
        });

    assertThatThrownBy(() -> http.get(jwks(), "*/*"))
        .isInstanceOf(FetchFailed.class)
        .hasMessageContaining("did not answer in 400 ms");
    assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givesUpOnSilence() {
    CountDownLatch never = new CountDownLatch(1);
    issuer.trouble(Endpoint.JWKS, Trouble.silence(never));

    assertThatThrownBy(() -> http.get(jwks(), "*/*")).isInstanceOf(FetchFailed.class);
  }

  @Test
  void doesNotFollowRedirects() throws FetchFailed {
    issuer.trouble(Endpoint.JWKS, Trouble.redirect(issuer.issuer() + "/introspect"));

    assertThat(http.get(jwks(), "*/*").status()).isEqualTo(302);
    assertThat(issuer.fetches(Endpoint.INTROSPECTION)).isZero();
  }

  @Test
  void refusesAnEncodingThatItDidNotAskFor() {
    issuer.trouble(
        Endpoint.JWKS,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          Trouble.body("application/json", "{}").answer(exchange);
        });

    assertThatThrownBy(() -> http.get(jwks(), "*/*"))
        .isInstanceOf(FetchFailed.class)
        .hasMessageContaining("encoding");
  }

  @Test
  void failsWhereNobodyListens() throws Exception {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
    }

    assertThatThrownBy(() -> http.get(nobody, "*/*")).isInstanceOf(FetchFailed.class);
  }

  @Test
  void staysInterruptedIfItIsInterrupted() {
    issuer.trouble(Endpoint.JWKS, Trouble.silence(new CountDownLatch(1)));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> http.get(jwks(), "*/*")).isInstanceOf(FetchFailed.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void postsForms() throws FetchFailed {
    http.post(URI.create(issuer.issuer() + "/introspect"), "token=a%2Bb&x=1", "application/json");

    assertThat(issuer.introspection().requests().get(0))
        .containsEntry("token", "a+b")
        .containsEntry("x", "1");
  }

  private URI jwks() {
    return URI.create(issuer.issuer() + "/jwks");
  }
}
