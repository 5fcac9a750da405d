package io.github.fapipack.resourceserver.token;

import static io.github.fapipack.resourceserver.token.TokenWorld.assertInvalid;
import static io.github.fapipack.resourceserver.token.TokenWorld.assertUnavailable;
import static io.github.fapipack.resourceserver.token.TokenWorld.introspection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are used again, and questions that are asked once. */
@Timeout(30)
class IntrospectionCacheTest {
  private final TokenWorld world = new TokenWorld();
  private final TestIssuer issuer = world.issuer;
  private final AccessTokens tokens = world.introspecting(introspection());
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    callers.shutdownNow();
    world.close();
  }

  @Test
  void anAnswerIsUsedAgainForSomeSeconds() throws RefusedRequest {
    String token = issuer.accessToken().opaque();
    tokens.read(token);
    issuer.introspection().revoke(token);
    world.clock.pass(Duration.ofMillis(9_999));
    tokens.read(token);
    assertThat(asked()).isEqualTo(1);

    world.clock.pass(Duration.ofMillis(1));
    assertInvalid(tokens, token);
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void anAnswerIsNotUsedAgainIfThatIsSet() throws RefusedRequest {
    AccessTokens fresh = world.introspecting(introspection().remembered(Duration.ZERO));
    String token = issuer.accessToken().opaque();
    fresh.read(token);
    fresh.read(token);

    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void anAnswerDoesNotOutliveTheToken() throws RefusedRequest {
    AccessTokens patient = world.introspecting(introspection().remembered(Duration.ofHours(1)));
    String token = issuer.accessToken().expiresIn(Duration.ofSeconds(20)).opaque();
    patient.read(token);
    world.clock.pass(Duration.ofSeconds(20));

    assertInvalid(patient, token);
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void aRefusalIsUsedAgainOnlyForAMoment() throws RefusedRequest {
    String token = issuer.accessToken().opaque();
    issuer.introspection().revoke(token);
    assertInvalid(tokens, token);
    assertInvalid(tokens, token);
    assertThat(asked()).isEqualTo(1);

    issuer.introspection().knows(token, tokens.read(issuer.accessToken().opaque()).claims());
    world.clock.pass(Duration.ofSeconds(2));
    assertThat(tokens.read(token)).isNotNull();
  }

  @Test
  void anOutageIsNotRemembered() throws RefusedRequest {
    String token = issuer.accessToken().opaque();
    issuer.trouble(Endpoint.INTROSPECTION, Trouble.down());
    assertUnavailable(tokens, token);
    issuer.recover(Endpoint.INTROSPECTION);

    assertThat(tokens.read(token)).isNotNull();
  }

  @Test
  void whoAsksTheSameAtTheSameTimeGetsOneAnswer() throws Exception {
    String token = issuer.accessToken().opaque();
    tokens.read(issuer.accessToken().opaque());
    CountDownLatch gate = new CountDownLatch(1);
    issuer.trouble(
        Endpoint.INTROSPECTION,
        exchange -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          Trouble.body("application/json", "{\"active\":false}").answer(exchange);
        });
    List<Future<AccessToken>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(callers.submit(() -> tokens.read(token)));
    }
    gate.countDown();

    for (Future<AccessToken> one : waiting) {
      assertThatThrownBy(one::get).hasCauseInstanceOf(RefusedRequest.class);
    }
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void onlySomeMayWaitForASlowIssuerAndKnownTokensDoNot() throws Exception {
    String known = issuer.accessToken().opaque();
    tokens.read(known);
    CountDownLatch silent = new CountDownLatch(1);
    issuer.trouble(Endpoint.INTROSPECTION, Trouble.silence(silent));
    List<Future<AccessToken>> strangers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String token = "stranger" + i;
      strangers.add(callers.submit(() -> tokens.read(token)));
    }
    while (strangers.stream().filter(Future::isDone).count() < 36) {
      Thread.onSpinWait();
    }

    assertThat(tokens.read(known)).isNotNull();
    assertUnavailable(tokens, "one more");
    silent.countDown();
  }

  private int asked() {
    return issuer.fetches(Endpoint.INTROSPECTION);
  }
}
