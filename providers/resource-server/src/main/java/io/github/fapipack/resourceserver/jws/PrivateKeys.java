package io.github.fapipack.resourceserver.jws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/** Private keys of the Java platform out of JWKs, Ed25519 among them. */
public final class PrivateKeys {
  private PrivateKeys() {}

  /**
   * The private key of a JWK.
   *
   * @throws MalformedJws if it has none, or none for this algorithm
   */
  public static PrivateKey of(JWK jwk, SignatureAlgorithm algorithm) throws MalformedJws {
    if (!jwk.isPrivate()) {
      throw new MalformedJws("is not a private key");
    }
    try {
      PrivateKey key = of(jwk);
      JcaKeys.signing("key", key, algorithm);
      return key;
    } catch (JOSEException
        | GeneralSecurityException
        | HttpSignatureException
        | RuntimeException unusable) {
      throw new MalformedJws("is not a usable private key for ES256, PS256 or EdDSA");
    }
  }

  private static PrivateKey of(JWK jwk) throws JOSEException, GeneralSecurityException {
    if (jwk instanceof RSAKey rsa) {
      return rsa.toRSAPrivateKey();
    }
    if (jwk instanceof ECKey ec) {
      return ec.toECPrivateKey();
    }
    byte[] d = ((OctetKeyPair) jwk).getDecodedD();
    return KeyFactory.getInstance("Ed25519")
        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, d));
  }
}
