package io.github.fapipack.resourceserver.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is in the field DPoP, the answer is a refusal, and nothing gets into the store. */
class ProofGarbageTest {
  private final Sender sender = new Sender();

  @Property(tries = 300)
  void anyText(@ForAll String text) {
    isRefused(text);
  }

  @Property(tries = 300)
  void anyBytesInThreeParts(
      @ForAll @Size(max = 80) byte[] header,
      @ForAll @Size(max = 80) byte[] claims,
      @ForAll @Size(max = 80) byte[] signature) {
    isRefused(
        Base64URL.encode(header)
            + "."
            + Base64URL.encode(claims)
            + "."
            + Base64URL.encode(signature));
  }

  @Property(tries = 300)
  void anyValueOfAnyClaim(@ForAll("members") String name, @ForAll("values") Object value) {
    try {
      sender.send(sender.proof().claim(name, value).sign());
      assertThat(sender.used).hasSizeLessThanOrEqualTo(1);
    } catch (RefusedRequest refusal) {
      isClear(refusal);
    }
    sender.used.clear();
  }

  @Property(tries = 300)
  void anyValueOfAnyHeaderParameter(
      @ForAll("members") String name, @ForAll("values") Object value) {
    try {
      sender.send(sender.proof().header(name, value).sign());
    } catch (RefusedRequest refusal) {
      isClear(refusal);
    }
  }

  @Property(tries = 300)
  void anyValueInTheKey(@ForAll("members") String name, @ForAll("values") Object value) {
    Map<String, Object> jwk = new HashMap<>(sender.key.toPublicJWK().toJSONObject());
    jwk.put(name, value);
    try {
      sender.send(sender.proof().header("jwk", jwk).sign());
    } catch (RefusedRequest refusal) {
      isClear(refusal);
    }
  }

  @Property(tries = 300)
  void aGoodProofWithACharacterChanged(
      @ForAll @IntRange(max = 100_000) int place, @ForAll char other) {
    String good = sender.proof().sign();
    int position = place % good.length();
    String changed = good.substring(0, position) + other + good.substring(position + 1);
    if (!changed.equals(good)) {
      isRefused(changed);
    }
  }

  @Property(tries = 300)
  void anyThumbprintInTheToken(@ForAll String jkt) {
    try {
      sender.sendBound(Map.of("jkt", jkt), sender.proof().sign());
      throw new AssertionError("taken");
    } catch (RefusedRequest refusal) {
      isClear(refusal);
    }
  }

  @Provide
  Arbitrary<String> members() {
    return Arbitraries.of(
        "typ", "alg", "jwk", "kid", "crit", "b64", "zip", "x5c", "jti", "htm", "htu", "iat", "ath",
        "nonce", "exp", "kty", "crv", "x", "y", "n", "e", "d", "use", "key_ops");
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(100).map(text -> text),
        Arbitraries.longs().map(number -> number),
        Arbitraries.doubles().map(number -> number),
        Arbitraries.of(
            true,
            List.of(),
            List.of("x"),
            Map.of(),
            Map.of("kty", "EC"),
            "",
            "EC",
            "P-256",
            "none",
            "https://api.example/accounts",
            List.of(List.of(Map.of("a", List.of())))));
  }

  private void isRefused(String proof) {
    try {
      sender.send(proof);
      throw new AssertionError("taken: " + proof);
    } catch (RefusedRequest refusal) {
      isClear(refusal);
      assertThat(sender.used).isEmpty();
    }
  }

  private static void isClear(RefusedRequest refusal) {
    assertThat(refusal.sentence()).matches("[ !#-\\[\\]-~]+");
    assertThat(refusal.problem().status()).isBetween(400, 499);
    assertThat(JSONObjectUtils.toJSONString(refusal.members())).isEqualTo("{}");
  }
}
