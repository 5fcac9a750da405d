package io.github.fapipack.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.Garbage;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.keys.JwksUri;
import io.github.fapipack.keys.RegisteredKeys;
import io.github.fapipack.request.ClientAssertion;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Client assertions, key sets, addresses and forms of strangers: accepted or refused, and soon. */
class ClientGarbageTest {
  private static final AllowedAlgorithms ALL = new AllowedAlgorithms(Algorithms.ALLOWED);
  private static final Duration SOON = Duration.ofSeconds(2);

  @Property(tries = 3000)
  void assertionsAreAcceptedOrRefused(
      @ForAll("headers") String header, @ForAll("claims") String claims) {
    try {
      ClientAssertion assertion =
          ClientAssertion.of(header.getBytes(UTF_8), claims.getBytes(UTF_8));
      LimitClientAssertionLifetime.checkClaims(assertion.claims(), 300, 1_700_000_000L);
      RestrictClientAssertionAlgorithm.checkHeader(assertion.header(), ALL);
      assertThat(assertion.claims().path("jti").textValue()).isNotBlank();
    } catch (Refusal refused) {
      assertThat(refused.getError()).isEqualTo("invalid_client");
      assertThat(refused.getErrorDetail()).isNotBlank().hasSizeLessThan(300);
    }
  }

  @Property(tries = 500)
  void bytesThatAreNoTextAreRefused(@ForAll byte[] header, @ForAll byte[] claims) {
    try {
      ClientAssertion.of(header, claims);
    } catch (Refusal refused) {
      assertThat(refused.getError()).isEqualTo("invalid_client");
    }
  }

  @Property(tries = 2000)
  void keySetsAreAcceptedOrRefused(@ForAll("keySets") String keySet) {
    try {
      RegisteredKeys.checkKeySet(keySet);
    } catch (Refusal refused) {
      assertThat(refused.getErrorDetail()).contains("jwks");
    }
  }

  @Property(tries = 1000)
  void addressesAreSecureOrNot(@ForAll("addresses") String address) {
    if (JwksUri.isSecure(address)) {
      assertThat(address).startsWithIgnoringCase("https://");
    }
  }

  @Property(tries = 1000)
  void formsAreAcceptedOrRefused(
      @ForAll("nameLists") List<String> names, @ForAll("names") String inQuery) {
    MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    names.forEach(name -> form.add(name, name));
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    query.add(inQuery, "");
    try {
      RejectRepeatedParameters.checkParameters(form, query, 1000);
    } catch (Refusal refused) {
      assertThat(refused.getError()).isEqualTo("invalid_request");
      assertThat(refused.getErrorDetail()).matches("\\P{Cntrl}{1,250}");
    }
  }

  @Test
  void answersTheWorstSoon() {
    int longest = 100_000;
    for (String piece : List.of("[", "{\"a\":", "\"", "1", "-", "\\u", " ", "{\"keys\":[")) {
      String text = piece.repeat(longest / piece.length());
      Assertions.assertTimeout(
          SOON,
          () -> {
            assertionsAreAcceptedOrRefused(text, text);
            assertionsAreAcceptedOrRefused("{\"alg\":\"ES256\"}", "{\"exp\":" + text + "}");
            keySetsAreAcceptedOrRefused(text);
            keySetsAreAcceptedOrRefused(
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"" + "_".repeat(longest) + "\"}]}");
            addressesAreSecureOrNot("https://" + text);
          });
    }
    Assertions.assertTimeout(
        SOON, () -> keySetsAreAcceptedOrRefused("{\"keys\":" + Garbage.nested(longest) + "}"));
  }

  @Provide
  Arbitrary<String> headers() {
    return Garbage.object("alg", "typ", "jku", "kid");
  }

  @Provide
  Arbitrary<String> claims() {
    return Garbage.object("iss", "sub", "aud", "exp", "nbf", "iat", "jti");
  }

  @Provide
  Arbitrary<String> keySets() {
    return Garbage.object("keys")
        .map(set -> set.startsWith("{") ? set : "{\"keys\":[" + set + "]}");
  }

  @Provide
  Arbitrary<String> addresses() {
    return Garbage.text("https", "HTTPS", ":", "//", "/", "a.example", "[::1]", "@", "%", "?", "#");
  }

  @Provide
  Arbitrary<List<String>> nameLists() {
    return names().list().ofMaxSize(120);
  }

  @Provide
  Arbitrary<String> names() {
    return Garbage.text("scope", "resource", "claims", "\u0000", "\r\n", "\u0085", "x", "\ud800");
  }
}
