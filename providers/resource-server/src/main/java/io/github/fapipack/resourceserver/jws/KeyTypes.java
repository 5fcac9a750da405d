package io.github.fapipack.resourceserver.jws;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.httpsig.SignatureAlgorithm;

/** Which algorithm a key is for: one for each type of key, whatever a message says. */
public final class KeyTypes {
  private KeyTypes() {}

  /**
   * The algorithm of FAPI 2.0 for the type of a key (FAPI2-SP 5.4.1).
   *
   * @throws MalformedJws if there is none, or if the key itself names another one
   */
  public static SignatureAlgorithm algorithm(JWK jwk) throws MalformedJws {
    SignatureAlgorithm algorithm = ofType(jwk);
    if (jwk.getAlgorithm() != null
        && SignatureAlgorithm.ofJose(jwk.getAlgorithm().getName()).orElse(null) != algorithm) {
      throw new MalformedJws("is for another algorithm than ES256, PS256 or EdDSA");
    }
    return algorithm;
  }

  private static SignatureAlgorithm ofType(JWK jwk) throws MalformedJws {
    if (jwk instanceof RSAKey) {
      return SignatureAlgorithm.PS256;
    }
    if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
      return SignatureAlgorithm.ECDSA_P256_SHA256;
    }
    if (jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
      return SignatureAlgorithm.ED25519;
    }
    throw new MalformedJws("is not a key for ES256, PS256 or EdDSA");
  }
}
