package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.Garbage;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** DPoP proofs, request objects and paths of strangers: read or refused, and soon. */
class ProofAndRequestGarbageTest {
  private static final AllowedAlgorithms ALL = new AllowedAlgorithms(Algorithms.ALLOWED);
  private static final Duration SOON = Duration.ofSeconds(2);

  @Property(tries = 3000)
  void proofsAreReadOrRefused(@ForAll("proofs") String header) {
    try {
      DpopProof proof = DpopProof.parse(header);
      judge(() -> proof.requireAllowedKey(ALL));
      judge(() -> proof.requireTarget("POST", URI.create("https://as.example/token")));
      judge(() -> proof.requireFresh(1_700_000_000L));
      judge(() -> proof.requireAccessToken("token"));
      judge(() -> assertThat(proof.thumbprint()).hasSize(43));
    } catch (Refusal refused) {
      assertThat(refused.getError()).isEqualTo("invalid_dpop_proof");
      assertThat(refused.getErrorDetail()).isNotBlank().hasSizeLessThan(300);
    }
  }

  @Property(tries = 3000)
  void requestObjectsAreReadOrRefused(@ForAll("requestObjects") String text) {
    try {
      RequestObject object = RequestObject.of(text, "invalid_request_object");
      assertThat(object.algorithm()).isNotNull();
      object.says("iss", "client");
      for (String claim : List.of("exp", "nbf", "iat")) {
        try {
          assertThat(object.time(claim).orElse(0)).isNotNegative();
        } catch (Refusal refused) {
          assertThat(refused.getErrorDetail()).contains(claim);
        }
      }
    } catch (Refusal refused) {
      assertThat(refused.getError()).isEqualTo("invalid_request_object");
      assertThat(refused.getErrorDetail()).isNotBlank().hasSizeLessThan(300);
    }
  }

  @Property(tries = 1000)
  void everyPathIsSomeEndpoint(@ForAll("paths") String path) {
    assertThat(Endpoint.of(path)).isNotNull();
  }

  @Test
  void answersTheWorstSoon() {
    int longest = 60_000;
    for (String piece : List.of("/", ";", ";/", "/token/", "a.", ".", "[", "{\"a\":", "1", "\\")) {
      String text = piece.repeat(longest / piece.length());
      Assertions.assertTimeout(
          SOON,
          () -> {
            everyPathIsSomeEndpoint(text);
            everyPathIsSomeEndpoint(text + "x");
            proofsAreReadOrRefused(text);
            proofsAreReadOrRefused(Garbage.encoded(text.substring(0, 2000)) + ".e30.e30");
            requestObjectsAreReadOrRefused(text);
            requestObjectsAreReadOrRefused(
                Garbage.encoded(text) + "." + Garbage.encoded(text) + ".c2ln");
          });
    }
    Assertions.assertTimeout(
        SOON,
        () ->
            requestObjectsAreReadOrRefused(
                Garbage.encoded("{\"alg\":\"ES256\"}")
                    + "."
                    + Garbage.encoded("{\"a\":" + Garbage.nested(longest) + "}")
                    + ".c2ln"));
  }

  private interface Question {
    void ask() throws Refusal;
  }

  private static void judge(Question question) {
    try {
      question.ask();
    } catch (Refusal refused) {
      assertThat(refused.getError()).isEqualTo("invalid_dpop_proof");
    }
  }

  @Provide
  Arbitrary<String> proofs() {
    return Garbage.jwt(
        Garbage.object("typ", "alg", "jwk", "crit"),
        Garbage.object("jti", "htm", "htu", "iat", "nonce", "ath"));
  }

  @Provide
  Arbitrary<String> requestObjects() {
    return Garbage.jwt(
        Garbage.object("alg", "typ", "kid", "crit"),
        Garbage.object("iss", "aud", "exp", "nbf", "iat", "jti"));
  }

  @Provide
  Arbitrary<String> paths() {
    return Garbage.text("/", ";", "a", "=", "token", "/ext/par/request", "revoke", "%2f", "..");
  }
}
