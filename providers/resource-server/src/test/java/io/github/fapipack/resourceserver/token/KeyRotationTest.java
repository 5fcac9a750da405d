package io.github.fapipack.resourceserver.token;

import static io.github.fapipack.resourceserver.token.TokenWorld.assertInvalid;
import static io.github.fapipack.resourceserver.token.TokenWorld.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that come and go, and an issuer that does not answer. */
@Timeout(30)
class KeyRotationTest {
  private final TokenWorld world = new TokenWorld();
  private final TestIssuer issuer = world.issuer;
  private final AccessTokens tokens = world.jwts();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void keysAreFetchedOnceForManyTokens() throws RefusedRequest {
    for (int i = 0; i < 20; i++) {
      tokens.read(token());
    }

    assertThat(issuer.fetches(Endpoint.JWKS)).isEqualTo(1);
    assertThat(issuer.fetches(Endpoint.METADATA)).isEqualTo(1);
  }

  @Test
  void aNewKeyIsFetchedWhenItIsFirstSeen() throws RefusedRequest {
    tokens.read(token());
    issuer.rotate();
    world.clock.pass(Duration.ofSeconds(30));

    assertThat(tokens.read(token())).isNotNull();
    assertThat(issuer.fetches(Endpoint.JWKS)).isEqualTo(2);
  }

  @Test
  void aTokenIsForgottenWhenItsKeyIsGone() throws RefusedRequest {
    String before = token();
    tokens.read(before);
    issuer.rotate();
    world.clock.pass(Duration.ofSeconds(30));
    tokens.read(token());

    assertInvalid(tokens, before);
  }

  @Test
  void aTokenIsForgottenWhenItsKeyIsReplacedUnderTheSameName() throws RefusedRequest {
    JWK first = issuer.signingKey();
    String before = token();
    tokens.read(before);
    issuer.rotate(new ECKey.Builder(TestIssuer.newKey().toECKey()).keyID(first.getKeyID()).build());
    world.clock.pass(Duration.ofSeconds(30));
    assertInvalid(tokens, issuer.accessToken().header("kid", "unknown").sign());

    assertInvalid(tokens, before);
  }

  @Test
  void strangersWithRandomKeysCauseOneFetchInAWhile() throws RefusedRequest {
    tokens.read(token());
    world.clock.pass(Duration.ofSeconds(30));
    for (int i = 0; i < 200; i++) {
      assertInvalid(
          tokens, issuer.accessToken().header("kid", UUID.randomUUID().toString()).sign());
      world.clock.pass(Duration.ofMillis(100));
    }

    assertThat(issuer.fetches(Endpoint.JWKS)).isEqualTo(2);
  }

  @Test
  void strangersDoNotHoldUpGoodTokens() throws Exception {
    tokens.read(token());
    world.clock.pass(Duration.ofSeconds(30));
    CountDownLatch silent = new CountDownLatch(1);
    issuer.trouble(Endpoint.JWKS, Trouble.silence(silent));
    String stranger = issuer.accessToken().header("kid", "unknown").sign();
    ExecutorService strangers = Executors.newCachedThreadPool();
    List<Future<AccessToken>> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        waiting.add(strangers.submit(() -> tokens.read(stranger)));
      }
      while (issuer.fetches(Endpoint.JWKS) < 2) {
        Thread.onSpinWait();
      }
      assertThat(tokens.read(token())).isNotNull();
      assertThat(waiting).anySatisfy(one -> assertThat(one.isDone()).isFalse());
    } finally {
      silent.countDown();
      strangers.shutdownNow();
    }
  }

  static Stream<Trouble> troubles() {
    return Stream.of(
        Trouble.down(),
        Trouble.status(404),
        Trouble.endless(),
        Trouble.redirect("http://127.0.0.1:1/"),
        Trouble.body("application/json", "{\"keys\":[]}"),
        Trouble.body("text/html", "<html>"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void anOutageIsToldOnlyToTokensOfUnknownKeys(Trouble trouble) throws RefusedRequest {
    String known = token();
    tokens.read(known);
    world.clock.pass(Duration.ofMinutes(6));
    issuer.trouble(Endpoint.JWKS, trouble);
    String unknown = issuer.accessToken().signedBy(TestIssuer.newKey()).sign();

    assertUnavailable(tokens, unknown);
    assertThat(tokens.read(issuer.accessToken().sign())).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void nothingIsLetThroughWithoutKeys(Trouble trouble) throws RefusedRequest {
    issuer.trouble(Endpoint.JWKS, trouble);
    String token = token();
    assertUnavailable(tokens, token);

    issuer.recover(Endpoint.JWKS);
    world.clock.pass(Duration.ofSeconds(5));
    assertThat(tokens.read(token)).isNotNull();
  }

  @Test
  void nothingIsLetThroughWithoutMetadata() {
    issuer.trouble(Endpoint.METADATA, Trouble.down());

    assertUnavailable(tokens, token());
  }

  @Test
  void keysDoNotOutliveALongOutage() throws RefusedRequest {
    String token = issuer.accessToken().expiresIn(Duration.ofDays(3)).sign();
    tokens.read(token);
    issuer.trouble(Endpoint.JWKS, Trouble.down());
    world.clock.pass(Duration.ofHours(23));
    assertThat(tokens.read(token)).isNotNull();
    world.clock.pass(Duration.ofHours(1));

    assertUnavailable(tokens, token);
  }

  @Test
  void keysMayBeAtAnAddressThatIsSet() throws RefusedRequest {
    issuer.trouble(Endpoint.METADATA, Trouble.down());
    AccessTokens set =
        world.jwts(JwtSettings.defaults().jwks(URI.create(issuer.issuer() + "/jwks")));

    assertThat(set.read(token())).isNotNull();
    assertThat(issuer.fetches(Endpoint.METADATA)).isZero();
  }

  private String token() {
    return issuer.accessToken().sign();
  }
}
