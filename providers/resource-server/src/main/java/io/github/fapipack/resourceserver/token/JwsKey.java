package io.github.fapipack.resourceserver.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.VerifyingKey;
import io.github.fapipack.resourceserver.jose.CompactJws;
import io.github.fapipack.resourceserver.jose.JavaKeys;
import io.github.fapipack.resourceserver.jose.Malformed;

/** A public key of the issuer, for one algorithm. */
final class JwsKey {
  private final String keyId;
  private final SignatureAlgorithm algorithm;
  private final String thumbprint;
  private final VerifyingKey key;

  /**
   * The key of a JWK.
   *
   * @throws Malformed if it is not for signatures that this kit accepts
   */
  JwsKey(JWK jwk) throws Malformed {
    if (jwk.getKeyID() == null || KeyUse.ENCRYPTION.equals(jwk.getKeyUse())) {
      throw new Malformed("the key has no name, or is for encryption");
    }
    try {
      this.keyId = jwk.getKeyID();
      this.algorithm = JavaKeys.algorithm(jwk);
      this.thumbprint = jwk.computeThumbprint().toString();
      this.key = JcaKeys.verifying(JavaKeys.publicKey(jwk), algorithm);
    } catch (JOSEException | HttpSignatureException e) {
      throw new Malformed("the key is too weak, or cannot be used here");
    }
  }

  String keyId() {
    return keyId;
  }

  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  boolean verifies(CompactJws jws) {
    try {
      return key.verify(jws.signingInput(), jws.signature());
    } catch (HttpSignatureException e) {
      return false;
    }
  }

  /** Whether it is the same key under the same name, read another time. */
  boolean isSameAs(JwsKey other) {
    return this == other
        || thumbprint.equals(other.thumbprint)
            && keyId.equals(other.keyId)
            && algorithm == other.algorithm;
  }
}
