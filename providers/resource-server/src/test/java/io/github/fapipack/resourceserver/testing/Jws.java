package io.github.fapipack.resourceserver.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signed JWTs with any header and any claims, also ones that no library would write. */
public final class Jws {
  /** The value of a member that shall not be there. */
  static final Object ABSENT = new Object();

  private Jws() {}

  /**
   * A compact JWS.
   *
   * @param header {@code alg} and {@code kid} are those of the key unless they are given
   */
  public static String sign(JWK key, Map<String, Object> header, Map<String, Object> claims) {
    return sign(key, header, JSONObjectUtils.toJSONString(present(claims)));
  }

  /** The same with any payload. */
  public static String sign(JWK key, Map<String, Object> header, String payload) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("alg", algorithm(key).getName());
    if (key.getKeyID() != null) {
      whole.put("kid", key.getKeyID());
    }
    whole.putAll(header);
    String input =
        Base64URL.encode(JSONObjectUtils.toJSONString(present(whole)))
            + "."
            + Base64URL.encode(payload);
    return input + "." + signature(key, input);
  }

  /** The algorithm that FAPI 2.0 has for a key of this type. */
  public static JWSAlgorithm algorithm(JWK key) {
    if (KeyType.RSA.equals(key.getKeyType())) {
      return JWSAlgorithm.PS256;
    }
    if (KeyType.OCT.equals(key.getKeyType())) {
      return JWSAlgorithm.HS256;
    }
    return KeyType.EC.equals(key.getKeyType()) ? JWSAlgorithm.ES256 : JWSAlgorithm.EdDSA;
  }

  private static Base64URL signature(JWK key, String input) {
    JWSAlgorithm algorithm = algorithm(key);
    try {
      return new DefaultJWSSignerFactory()
          .createJWSSigner(key, algorithm)
          .sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Map<String, Object> present(Map<String, Object> members) {
    Map<String, Object> present = new LinkedHashMap<>(members);
    present.values().removeIf(value -> value == ABSENT);
    return present;
  }
}
