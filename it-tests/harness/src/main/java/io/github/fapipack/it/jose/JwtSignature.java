package io.github.fapipack.it.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Signs a JWT, even if its header names a wrong algorithm. */
public final class JwtSignature {
  private JwtSignature() {}

  /** FAPI2-SP 5.4.1's algorithm for a key, or the most similar one. */
  public static String naturalAlgorithm(JWK key) {
    if (key instanceof RSAKey) {
      return "PS256";
    }
    if (key instanceof OctetKeyPair) {
      return "EdDSA";
    }
    if (key instanceof ECKey ec) {
      return JWSAlgorithm.Family.EC.stream()
          .filter(algorithm -> Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve()))
          .findFirst()
          .orElseThrow()
          .getName();
    }
    return "HS256";
  }

  /** The signature over a text with the given algorithm. */
  public static Base64URL of(String input, JWK key, String algorithm) {
    if (algorithm.equals("none")) {
      return new Base64URL("");
    }
    try {
      JWSSigner signer = signer(key, algorithm);
      JWSAlgorithm named = JWSAlgorithm.parse(algorithm);
      JWSAlgorithm used =
          signer.supportedJWSAlgorithms().contains(named)
              ? named
              : JWSAlgorithm.parse(naturalAlgorithm(key));
      return signer.sign(new JWSHeader(used), input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("Cannot sign with " + algorithm, e);
    }
  }

  private static JWSSigner signer(JWK key, String algorithm) throws JOSEException {
    if (key instanceof OctetSequenceKey secret) {
      return new MACSigner(secret);
    }
    if (algorithm.startsWith("HS")) {
      return new MACSigner(publicBytes(key));
    }
    if (key instanceof RSAKey rsa) {
      return new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
    }
    if (key instanceof ECKey ec) {
      return new ECDSASigner(ec);
    }
    return new Ed25519Signer((OctetKeyPair) key);
  }

  // For the attack on verifiers that use the public key as an HMAC secret (RFC 8725 2.1).
  private static byte[] publicBytes(JWK key) throws JOSEException {
    return key instanceof OctetKeyPair okp
        ? okp.getX().decode()
        : ((AsymmetricJWK) key).toPublicKey().getEncoded();
  }
}
