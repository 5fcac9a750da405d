package io.github.fapipack.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.keys.JwksUri;
import io.github.fapipack.keys.KeyStrength;
import io.github.fapipack.keys.RegisteredKeys;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysAndFormTest {

  @ParameterizedTest
  @CsvSource({"RSA, 1024, true", "RSA, 2048, false", "EC, 256, false", "DSA, 2048, true"})
  void knowsWeakKeys(String type, int bits, boolean weak) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
    generator.initialize(bits);

    assertThat(KeyStrength.isWeak(generator.generateKeyPair().getPublic())).isEqualTo(weak);
  }

  @ParameterizedTest
  @CsvSource({"4096, 17, false", "8192, 64, false", "8193, 17, true", "2048, 65, true"})
  void knowsKeysThatCostTooMuch(int modulusBits, int exponentBits, boolean costly)
      throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(modulusBits - 1).add(BigInteger.ONE);
    BigInteger exponent = BigInteger.ONE.shiftLeft(exponentBits - 1).add(BigInteger.ONE);
    RSAPublicKey key = key(modulus, exponent);

    assertThat(KeyStrength.isCostly(key)).isEqualTo(costly);
    assertThat(KeyStrength.isCostly(new ObjectMapper().readTree(jwk(modulus, exponent))))
        .isEqualTo(costly);
    String keySet = "{\"keys\":[" + jwk(modulus, exponent) + "]}";
    if (costly) {
      assertThatThrownBy(() -> RegisteredKeys.checkKeySet(keySet)).isInstanceOf(Refusal.class);
    } else {
      assertThatCode(() -> RegisteredKeys.checkKeySet(keySet)).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesAKeySetOfAbsurdLength() {
    String key = jwk(BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE), BigInteger.valueOf(65537));

    assertThatCode(() -> RegisteredKeys.checkKeySet(keySet(key, 100))).doesNotThrowAnyException();
    assertThatThrownBy(() -> RegisteredKeys.checkKeySet(keySet(key, 1_000)))
        .isInstanceOf(Refusal.class);
  }

  private static String keySet(String key, int times) {
    return "{\"keys\":[" + String.join(",", Collections.nCopies(times, key)) + "]}";
  }

  private static String jwk(BigInteger modulus, BigInteger exponent) {
    return "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"}"
        .formatted(base64(modulus), base64(exponent));
  }

  private static String base64(BigInteger number) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
  }

  /** Not made by a provider, none of which would take all of these. */
  private static RSAPublicKey key(BigInteger modulus, BigInteger exponent) {
    return new RSAPublicKey() {
      @Override
      public BigInteger getModulus() {
        return modulus;
      }

      @Override
      public BigInteger getPublicExponent() {
        return exponent;
      }

      @Override
      public String getAlgorithm() {
        return "RSA";
      }

      @Override
      public String getFormat() {
        return null;
      }

      @Override
      public byte[] getEncoded() {
        return null;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"2047, false", "2048, true", "4096, true"})
  void countsTheBitsOfAModulus(int bits, boolean accepted) {
    byte[] modulus = BigInteger.ONE.shiftLeft(bits - 1).toByteArray();
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(modulus);
    String keySet = "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + encoded + "\"}]}";

    if (accepted) {
      assertThatCode(() -> RegisteredKeys.checkKeySet(keySet)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> RegisteredKeys.checkKeySet(keySet)).isInstanceOf(Refusal.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[1]}",
        "{\"keys\":[{\"kty\":\"RSA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"%%\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-192\"}]}"
      })
  void refusesKeySetsThatCannotBeUsed(String keySet) {
    assertThatThrownBy(() -> RegisteredKeys.checkKeySet(keySet)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/jwks, true",
    "HTTPS://a.example/jwks, true",
    "http://a.example/jwks, false",
    "https:/jwks, false",
    "/jwks, false",
    "file:///jwks, false",
    "https://a b, false"
  })
  void knowsSecureAddresses(String uri, boolean secure) {
    assertThat(JwksUri.isSecure(uri)).isEqualTo(secure);
  }

  @Test
  void letsJsonSpanLinesAndResourcesRepeat() {
    MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    form.add("authorization_details", "[\n\t{}\r\n]");
    form.add("resource", "https://a.example");
    form.add("resource", "https://b.example");

    assertThatCode(() -> check(form, "other")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"state, 'a\nb'", "authorization_details, 'a\u0000b'", "'a\u0007', b", "query, b"})
  void refusesControlCharactersAndRepetition(String name, String value) {
    MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    form.add(name, value);

    assertThatThrownBy(() -> check(form, "query")).isInstanceOf(Refusal.class);
  }

  private static void check(MultivaluedMap<String, String> form, String inQuery) throws Refusal {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    query.add(inQuery, "1");
    RejectRepeatedParameters.checkParameters(form, query, 1000);
  }
}
