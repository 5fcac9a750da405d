package io.github.fapipack.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Set;

/**
 * Which keys are too weak for FAPI 2.0 (FAPI2-SP 5.4.1-2 and 5.4.1-3), and which make a signature
 * verification too expensive.
 */
public final class KeyStrength {

  private static final int RSA_BITS = 2048;
  private static final int EC_BITS = 224;

  /** Names of curves with less than 224 bits; none is registered for JWKs. */
  private static final Set<String> WEAK_CURVES =
      Set.of("P-192", "B-163", "K-163", "prime192v1", "secp160r1", "secp192k1", "secp192r1");

  private static final int MOST_RSA_BITS = 8192;

  /**
   * The usual exponent has 17 bits; with one as long as the modulus, verification takes as long as
   * signing.
   */
  private static final int MOST_EXPONENT_BITS = 64;

  private KeyStrength() {}

  /** Whether verifying a signature takes far longer than with ordinary keys. */
  public static boolean isCostly(PublicKey key) {
    return key instanceof RSAPublicKey rsa && isCostly(rsa.getModulus(), rsa.getPublicExponent());
  }

  /** The same for a JWK of any kind. */
  public static boolean isCostly(JsonNode jwk) {
    return jwk.path("kty").asText().equals("RSA")
        && isCostly(number(jwk.path("n").asText()), number(jwk.path("e").asText()));
  }

  private static boolean isCostly(BigInteger modulus, BigInteger exponent) {
    return modulus.bitLength() > MOST_RSA_BITS || exponent.bitLength() > MOST_EXPONENT_BITS;
  }

  public static boolean isWeak(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength() < RSA_BITS;
    }
    if (key instanceof ECKey ec) {
      return ec.getParams().getCurve().getField().getFieldSize() < EC_BITS;
    }
    return key instanceof DSAKey;
  }

  /** The same for a JWK of any kind; false for one that cannot be read, which is not used. */
  public static boolean isWeak(JsonNode jwk) {
    return switch (jwk.path("kty").asText()) {
      case "RSA" -> {
        int bits = number(jwk.path("n").asText()).bitLength();
        yield bits > 0 && bits < RSA_BITS;
      }
      case "EC" -> WEAK_CURVES.contains(jwk.path("crv").asText());
      default -> false;
    };
  }

  private static BigInteger number(String encoded) {
    try {
      return new BigInteger(1, Base64.getUrlDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      return BigInteger.ZERO;
    }
  }
}
