package io.github.fapipack.resourceserver.jws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** Keys of the Java platform out of JWKs; Nimbus needs a further library for Ed25519. */
public final class PublicKeys {
  private static final int ED25519_BYTES = 32;
  private static final int SIGN_BIT = 0x80;

  private PublicKeys() {}

  /**
   * The public key of a JWK: P-256, Ed25519, or RSA with at least 2048 bits.
   *
   * @throws MalformedJws if it is none of these, or does not suit the algorithm
   */
  public static PublicKey of(JWK jwk, SignatureAlgorithm algorithm) throws MalformedJws {
    PublicKey key = of(jwk);
    try {
      JcaKeys.verifying(key, algorithm);
      return key;
    } catch (HttpSignatureException unsuitable) {
      throw new MalformedJws("is too weak, or is not a key for its algorithm");
    }
  }

  private static PublicKey of(JWK jwk) throws MalformedJws {
    try {
      if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
        return ec.toECPublicKey();
      }
      if (jwk instanceof RSAKey rsa) {
        return rsa.toRSAPublicKey();
      }
      if (jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
        return ed25519(pair.getDecodedX());
      }
    } catch (JOSEException | GeneralSecurityException | RuntimeException unusable) {
      throw unusable();
    }
    throw unusable();
  }

  /** RFC 8032 5.1.2: the y coordinate, least significant byte first, and the sign of x. */
  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException, MalformedJws {
    if (x.length != ED25519_BYTES) {
      throw unusable();
    }
    byte[] y = new byte[ED25519_BYTES];
    for (int i = 0; i < ED25519_BYTES; i++) {
      y[i] = x[ED25519_BYTES - 1 - i];
    }
    boolean odd = (y[0] & SIGN_BIT) != 0;
    y[0] = (byte) (y[0] & ~SIGN_BIT);
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static MalformedJws unusable() {
    return new MalformedJws("is not a usable key for ES256, PS256 or EdDSA");
  }
}
