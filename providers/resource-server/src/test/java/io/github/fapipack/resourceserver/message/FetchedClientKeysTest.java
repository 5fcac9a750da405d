package io.github.fapipack.resourceserver.message;

import static io.github.fapipack.resourceserver.message.Caller.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.resourceserver.fetch.GuardedHttp;
import io.github.fapipack.resourceserver.fetch.KeepTimes;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keys of the test issuer play those of a client. */
class FetchedClientKeysTest {
  private final TestIssuer client = TestIssuer.start("https://api.example");
  private final FetchedClientKeys keys =
      new FetchedClientKeys(
          id ->
              id.equals("client-1")
                  ? Optional.of(URI.create(client.issuer() + "/jwks"))
                  : Optional.empty(),
          new GuardedHttp(Optional.empty(), Duration.ofSeconds(5), 100_000),
          KeepTimes.defaults(),
          Clock.systemUTC());

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void keysAreFetchedOnceAndKept() throws Exception {
    String id = client.signingKey().getKeyID();
    assertThat(keys.find("client-1", id)).hasSize(1);
    assertThat(keys.find("client-1", id)).hasSize(1);
    assertThat(client.fetches(Endpoint.JWKS)).isEqualTo(1);
  }

  @Test
  void aClientWithoutAddressHasNoKeysAndCausesNoRequest() throws Exception {
    assertThat(keys.find("client-2", client.signingKey().getKeyID())).isEmpty();
    assertThat(client.fetches(Endpoint.JWKS)).isZero();
  }

  @Test
  void unknownNamesCauseNoMoreThanOneFurtherRequest() throws Exception {
    keys.find("client-1", client.signingKey().getKeyID());
    for (int i = 0; i < 20; i++) {
      assertThat(keys.find("client-1", "unknown-" + i)).isEmpty();
    }
    assertThat(client.fetches(Endpoint.JWKS)).isLessThanOrEqualTo(2);
  }

  @Test
  void keysThatCannotBeHadAre503() {
    client.trouble(Endpoint.JWKS, Trouble.down());
    RefusedRequest refused = refusal(() -> keys.find("client-1", "k"));
    assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(refused.retryAfter()).isPresent();
    assertThat(refused.sentence()).doesNotContain("authorization server");
  }

  @Test
  void somethingElseThanAKeySetIs503() {
    client.trouble(Endpoint.JWKS, Trouble.body("application/json", "[]"));
    assertThat(refusal(() -> keys.find("client-1", "k")).problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void aSetWithUnusableKeysHasTheOthers() throws Exception {
    JWK good = client.signingKey();
    client.trouble(
        Endpoint.JWKS,
        Trouble.body(
            "application/json",
            "{\"keys\":[{\"kty\":\"EC\"},5,{\"kty\":\"oct\",\"k\":\"AA\",\"kid\":\"x\"},"
                + "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"kid\":\"weak\"},"
                + good.toPublicJWK().toJSONString()
                + "]}"));
    assertThat(keys.find("client-1", good.getKeyID())).hasSize(1);
    assertThat(keys.find("client-1", "weak")).isEmpty();
    assertThat(keys.find("client-1", "x")).isEmpty();
  }
}
