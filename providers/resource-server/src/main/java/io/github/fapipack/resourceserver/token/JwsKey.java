package io.github.fapipack.resourceserver.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.jws.CompactJws;
import io.github.fapipack.resourceserver.jws.KeyTypes;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.jws.PublicKeys;
import java.security.PublicKey;

/** A public key of the issuer, for one algorithm. */
final class JwsKey {
  private final String keyId;
  private final SignatureAlgorithm algorithm;
  private final String thumbprint;
  private final PublicKey key;

  /**
   * The key of a JWK.
   *
   * @throws MalformedJws if it is not for signatures that this kit accepts
   */
  JwsKey(JWK jwk) throws MalformedJws {
    if (jwk.getKeyID() == null || KeyUse.ENCRYPTION.equals(jwk.getKeyUse())) {
      throw new MalformedJws("has no kid, or is for encryption");
    }
    try {
      this.keyId = jwk.getKeyID();
      this.algorithm = KeyTypes.algorithm(jwk);
      this.thumbprint = jwk.computeThumbprint().toString();
      this.key = PublicKeys.of(jwk, algorithm);
    } catch (JOSEException e) {
      throw new MalformedJws("has a key that cannot be used");
    }
  }

  String keyId() {
    return keyId;
  }

  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  boolean verifies(CompactJws jws) {
    return jws.algorithm() == algorithm && jws.isSignedBy(key);
  }

  /** Whether it is the same key under the same name, read another time. */
  boolean isSameAs(JwsKey other) {
    return this == other
        || (thumbprint.equals(other.thumbprint)
            && keyId.equals(other.keyId)
            && algorithm == other.algorithm);
  }
}
