package io.github.fapipack.security.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Base64;
import java.util.Set;

/** Which keys FAPI 2.0 holds to be too weak (FAPI2-SP 5.4.1-2 and 5.4.1-3). */
public final class KeyStrength {

  private static final int RSA_BITS = 2048;
  private static final int EC_BITS = 224;

  /** The registered curves of JWKs; all have 256 bits or more. */
  private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521", "secp256k1");

  private KeyStrength() {}

  public static boolean isWeak(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength() < RSA_BITS;
    }
    if (key instanceof ECKey ec) {
      return ec.getParams().getCurve().getField().getFieldSize() < EC_BITS;
    }
    return key instanceof DSAKey;
  }

  /** The same for a JWK of any kind; what cannot be read counts as weak. */
  public static boolean isWeak(JsonNode jwk) {
    return switch (jwk.path("kty").asText()) {
      case "RSA" -> modulusBits(jwk.path("n").asText()) < RSA_BITS;
      case "EC" -> !CURVES.contains(jwk.path("crv").asText());
      default -> false;
    };
  }

  private static int modulusBits(String modulus) {
    try {
      return new BigInteger(1, Base64.getUrlDecoder().decode(modulus)).bitLength();
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
