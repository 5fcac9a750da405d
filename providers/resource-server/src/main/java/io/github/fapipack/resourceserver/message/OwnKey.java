package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.SigningKey;
import io.github.fapipack.resourceserver.jws.KeyTypes;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.jws.PrivateKeys;

/** A private key of this API, which signs its responses. */
record OwnKey(SigningKey key, SignatureAlgorithm algorithm) {

  /**
   * The key of a JWK.
   *
   * @throws IllegalArgumentException if it is no private key for PS256, ES256 or EdDSA with a name
   */
  static OwnKey of(JWK jwk) {
    if (jwk.getKeyID() == null) {
      throw new IllegalArgumentException("the signing key needs a kid, by which clients find it");
    }
    try {
      SignatureAlgorithm algorithm = KeyTypes.algorithm(jwk);
      return new OwnKey(
          JcaKeys.signing(jwk.getKeyID(), PrivateKeys.of(jwk, algorithm), algorithm), algorithm);
    } catch (MalformedJws | HttpSignatureException unusable) {
      throw new IllegalArgumentException(
          "the signing key cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  String id() {
    return key.keyId();
  }

  /** The name of the algorithm in JOSE. */
  String joseName() {
    return joseName(algorithm);
  }

  static String joseName(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_P256_SHA256 -> "ES256";
      case ED25519 -> "EdDSA";
      case PS256 -> "PS256";
      case RSA_PSS_SHA512 -> throw new IllegalStateException("it has no name in JOSE");
    };
  }

  byte[] sign(byte[] input) {
    try {
      return key.sign(input);
    } catch (HttpSignatureException unusable) {
      throw new IllegalStateException("the signing key of this API cannot be used", unusable);
    }
  }
}
