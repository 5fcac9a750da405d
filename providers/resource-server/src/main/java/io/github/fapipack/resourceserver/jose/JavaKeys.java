package io.github.fapipack.resourceserver.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/** The keys of JWKs as the Java platform has them; Ed25519 too, which Nimbus leaves to others. */
public final class JavaKeys {
  private static final int ED25519_BYTES = 32;

  private JavaKeys() {}

  /**
   * The algorithm of FAPI 2.0 that a key is for by its type (FAPI2-SP 5.4.1).
   *
   * @throws Malformed if there is none, or if the key itself names another one
   */
  public static SignatureAlgorithm algorithm(JWK jwk) throws Malformed {
    SignatureAlgorithm algorithm;
    if (jwk instanceof RSAKey) {
      algorithm = SignatureAlgorithm.PS256;
    } else if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
      algorithm = SignatureAlgorithm.ECDSA_P256_SHA256;
    } else if (isEd25519(jwk)) {
      algorithm = SignatureAlgorithm.ED25519;
    } else {
      throw new Malformed("the key is for none of PS256, ES256, EdDSA");
    }
    if (jwk.getAlgorithm() != null
        && SignatureAlgorithm.ofJose(jwk.getAlgorithm().getName())
            .filter(algorithm::equals)
            .isEmpty()) {
      throw new Malformed("the key is for another algorithm than PS256, ES256, EdDSA");
    }
    return algorithm;
  }

  /** The public key. */
  public static PublicKey publicKey(JWK jwk) throws Malformed {
    try {
      if (jwk instanceof RSAKey rsa) {
        return rsa.toRSAPublicKey();
      }
      return jwk instanceof ECKey ec ? ec.toECPublicKey() : ed25519(ed25519Bytes(jwk, false));
    } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
      throw new Malformed("the key cannot be used here");
    }
  }

  /**
   * The private key.
   *
   * @throws Malformed also if the JWK has only the public one
   */
  public static PrivateKey privateKey(JWK jwk) throws Malformed {
    if (!jwk.isPrivate()) {
      throw new Malformed("the key is not a private one");
    }
    try {
      if (jwk instanceof RSAKey rsa) {
        return rsa.toRSAPrivateKey();
      }
      return jwk instanceof ECKey ec
          ? ec.toECPrivateKey()
          : KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(NamedParameterSpec.ED25519, ed25519Bytes(jwk, true)));
    } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
      throw new Malformed("the key cannot be used here");
    }
  }

  private static boolean isEd25519(JWK jwk) {
    return jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve());
  }

  private static byte[] ed25519Bytes(JWK jwk, boolean ofPrivateKey) throws Malformed {
    if (!(jwk instanceof OctetKeyPair pair) || !isEd25519(jwk)) {
      throw new Malformed("the key is for none of PS256, ES256, EdDSA");
    }
    Base64URL value = ofPrivateKey ? pair.getD() : pair.getX();
    byte[] bytes = value.decode();
    if (bytes.length != ED25519_BYTES) {
      throw new Malformed("the key has a wrong length");
    }
    return bytes;
  }

  /** Of the encoding in RFC 8032 5.1.2: y in little-endian order, and one bit of x above it. */
  private static PublicKey ed25519(byte[] encoded) throws GeneralSecurityException {
    byte[] y = new byte[ED25519_BYTES];
    for (int i = 0; i < ED25519_BYTES; i++) {
      y[i] = encoded[ED25519_BYTES - 1 - i];
    }
    boolean xIsOdd = y[0] < 0;
    y[0] &= 0x7f;
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(xIsOdd, new BigInteger(y))));
  }
}
