package io.github.fapipack.resourceserver.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.jws.JsonObjects;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
  private static final Set<SignatureAlgorithm> ACCEPTED = JwtSettings.defaults().algorithms();
  private static final ECKey GOOD = TestIssuer.newKey().toECKey();

  @Test
  void findsKeysByNameAndAlgorithm() throws MalformedJws {
    KeySet keys = read(GOOD.toJSONObject());

    assertThat(keys.find(GOOD.getKeyID(), SignatureAlgorithm.ECDSA_P256_SHA256)).isPresent();
    assertThat(keys.find(GOOD.getKeyID(), SignatureAlgorithm.PS256)).isEmpty();
    assertThat(keys.find("other", SignatureAlgorithm.ECDSA_P256_SHA256)).isEmpty();
  }

  @Test
  void knowsAKeyThatWasReadBefore() throws MalformedJws {
    JwsKey key = key(read(GOOD.toJSONObject()));
    JWK sameName = new ECKey.Builder(TestIssuer.newKey().toECKey()).keyID(GOOD.getKeyID()).build();

    assertThat(read(GOOD.toPublicJWK().toJSONObject()).holds(key)).isTrue();
    assertThat(read(sameName.toJSONObject()).holds(key)).isFalse();
    assertThat(read(TestIssuer.newKey().toJSONObject()).holds(key)).isFalse();
  }

  static Stream<Object> otherKeys() throws Exception {
    RSAKey rsa = TokenWorld.rsaKey(2048).toRSAKey();
    return Stream.of(
        TokenWorld.rsaKey(1024).toJSONObject(),
        new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.RS256).build().toJSONObject(),
        new RSAKey.Builder(rsa).keyUse(KeyUse.ENCRYPTION).build().toJSONObject(),
        new RSAKey.Builder(rsa).keyID(null).build().toJSONObject(),
        new ECKeyGenerator(Curve.P_384).keyID("p384").generate().toJSONObject(),
        Map.of("kty", "oct", "kid", "o", "k", "c2VjcmV0"),
        Map.of("kty", "new", "kid", "n"),
        Map.of("kty", 17),
        Map.of("kty", "OKP", "crv", "Ed25519", "kid", "short", "x", "AAAA"),
        Map.of("kty", "EC", "crv", "P-256", "kid", "off the curve", "x", "AA", "y", "AA"),
        Map.of("kty", "RSA", "kid", "no exponent", "n", "AA"),
        "key",
        17,
        List.of());
  }

  @ParameterizedTest
  @MethodSource("otherKeys")
  void leavesOutKeysThatAreForSomethingElse(Object other) throws MalformedJws {
    assertThat(key(read(other, GOOD.toJSONObject()))).isNotNull();
    assertThatThrownBy(() -> read(other)).isInstanceOf(MalformedJws.class);
  }

  @Test
  void takesNoPlainNull() throws MalformedJws {
    List<Object> keys = new ArrayList<>(Arrays.asList(null, GOOD.toJSONObject()));

    assertThat(key(KeySet.read(Map.of("keys", keys), ACCEPTED))).isNotNull();
  }

  @Test
  void hasALimitedNumberOfKeys() throws MalformedJws {
    Object key = GOOD.toJSONObject();

    assertThat(read(Collections.nCopies(100, key).toArray())).isNotNull();
    assertThatThrownBy(() -> read(Collections.nCopies(101, key).toArray()))
        .isInstanceOf(MalformedJws.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":null}"})
  void isNotReadFromOtherObjects(String json) {
    assertThatThrownBy(
            () ->
                KeySet.read(
                    JsonObjects.parse(json.getBytes(StandardCharsets.UTF_8), 1000), ACCEPTED))
        .isInstanceOf(MalformedJws.class);
  }

  @Property(tries = 300)
  void isReadOrRefusedWhateverComes(@ForAll("members") Map<String, Object> key)
      throws MalformedJws {
    assertThat(key(read(key, GOOD.toJSONObject()))).isNotNull();
  }

  @Provide
  Arbitrary<Map<String, Object>> members() {
    Arbitrary<String> names =
        Arbitraries.of("kty", "kid", "alg", "use", "crv", "x", "y", "n", "e", "key_ops", "x5c");
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.of("EC", "RSA", "OKP", "P-256", "Ed25519", "AQAB", "sig", "ES256", "")
                .map(text -> (Object) text),
            Arbitraries.strings().ofMaxLength(20).map(text -> (Object) text),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.of(true, List.of("x"), List.of(1), Map.of("a", 1)));
    return Arbitraries.maps(names, values).ofMaxSize(8);
  }

  private static JwsKey key(KeySet keys) {
    return keys.find(GOOD.getKeyID(), SignatureAlgorithm.ECDSA_P256_SHA256).orElseThrow();
  }

  private static KeySet read(Object... keys) throws MalformedJws {
    return KeySet.read(Map.of("keys", List.of(keys)), ACCEPTED);
  }
}
