package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.jws.KeyTypes;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.jws.PublicKeys;
import java.security.PublicKey;

/**
 * A public key of a client.
 *
 * @param algorithm the only one that counts with this key
 */
public record ClientKey(PublicKey key, SignatureAlgorithm algorithm) {

  /**
   * The key of a JWK, for the algorithm of FAPI 2.0 that fits its type (FAPI2-SP 5.4.1).
   *
   * @throws IllegalArgumentException if it is no public key for signatures with PS256, ES256 or
   *     EdDSA
   */
  public static ClientKey of(JWK jwk) {
    if (KeyUse.ENCRYPTION.equals(jwk.getKeyUse())) {
      throw new IllegalArgumentException("the key is for encryption");
    }
    try {
      SignatureAlgorithm algorithm = KeyTypes.algorithm(jwk);
      return new ClientKey(PublicKeys.of(jwk, algorithm), algorithm);
    } catch (MalformedJws unusable) {
      throw new IllegalArgumentException(unusable.getMessage(), unusable);
    }
  }
}
