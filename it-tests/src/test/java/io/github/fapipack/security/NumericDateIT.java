package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Times are JSON numbers, with a fraction or an exponent as well (RFC 7519 2). */
class NumericDateIT {
  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).signing().register();
  }

  private static String seconds(double fromNow) {
    return BigDecimal.valueOf(Math.floorDiv(System.currentTimeMillis(), 1000L) + fromNow)
        .toPlainString();
  }

  private static String exponent(double fromNow) {
    return new BigDecimal(seconds(fromNow)).movePointLeft(9).toPlainString() + "e9";
  }

  @Test
  @Accepts(
      by = "LimitClientAssertionLifetime",
      value = {"RFC7523 3-4", "RFC7523 3-5", "RFC7523 3-6"})
  @Accepts(by = "RequireValidDpopProof", value = "RFC9449 4.3-3")
  void takesFractionsAndExponents() {
    client
        .par()
        .assertion(a -> a.json("exp", seconds(60.5)).json("iat", seconds(-0.25)))
        .requestObject(o -> o.json("exp", seconds(60.75)).json("nbf", seconds(-1.5)))
        .proof(p -> p.json("iat", seconds(0.5)))
        .expect();
    client
        .par()
        .assertion(a -> a.json("exp", exponent(60)).json("nbf", exponent(-3)))
        .requestObject(o -> o.json("exp", exponent(60)).json("nbf", exponent(-3)))
        .proof(p -> p.json("iat", exponent(0)))
        .expect();

    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    client.refresh(tokens).proof(p -> p.json("iat", seconds(0.5))).expect();
    client.userinfo(tokens).proof(p -> p.json("iat", exponent(0))).expect();
  }

  static Stream<Named<String>> noTimes() {
    return Stream.of(
        Named.of("a string", "\"" + seconds(60) + "\""),
        Named.of("words", "\"soon\""),
        Named.of("true", "true"),
        Named.of("null", "null"),
        Named.of("a list", "[1]"),
        Named.of("an object", "{\"at\":1}"),
        Named.of("negative", "-1"),
        Named.of("a negative fraction", "-1.5"),
        Named.of("beyond doubles", "1e400"),
        Named.of("a billion digits", "1e999999999"),
        Named.of("beyond longs", "99999999999999999999999999"),
        Named.of("many digits", "1" + "0".repeat(900)),
        Named.of("more digits than any parser takes", "1" + "0".repeat(3000)),
        Named.of("NaN", "NaN"));
  }

  @ParameterizedTest
  @MethodSource("noTimes")
  @Rejects(
      by = "LimitClientAssertionLifetime",
      value = {"RFC7523 3-4", "RFC7523 3-5", "RFC7523 3-6"})
  @Rejects(by = "RequireValidDpopProof", value = "RFC9449 4.3-3")
  void refusesWhatIsNoTime(String value) {
    for (String claim : List.of("exp", "nbf", "iat")) {
      HttpExchange refused = client.par().assertion(a -> a.json(claim, value)).send();
      refused.expectError(401, "invalid_client");
      assertThat(refused.errorDescription())
          .isNotBlank()
          .isNotEqualTo("client authentication failed");
      client
          .par()
          .requestObject(o -> o.json(claim, value))
          .expectError(400, "invalid_request_object");
    }
    client.par().proof(p -> p.json("iat", value)).expectError(400, "invalid_dpop_proof");
  }

  @Test
  @Rejects(by = "LimitClientAssertionLifetime", value = "RFC7523 3-4")
  @Rejects(by = "RequireValidDpopProof", value = "RFC9449 4.3-3")
  void isNoMorePatientWithFractions() {
    client.par().assertion(a -> a.json("exp", seconds(-1.5))).expectError(401, "invalid_client");
    client.par().assertion(a -> a.json("exp", seconds(900.5))).expectError(401, "invalid_client");
    client
        .par()
        .requestObject(o -> o.json("exp", seconds(-1.5)))
        .expectError(400, "invalid_request_object");
    client.par().proof(p -> p.json("iat", seconds(-300.5))).expectError(400, "invalid_dpop_proof");
  }
}
