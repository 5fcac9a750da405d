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

/** Signs what a JWT says, also where its header lies about the algorithm. */
public final class JwtSignature {
  private JwtSignature() {}

  /** The algorithm that FAPI2-SP 5.4.1 has for a key, or the one nearest to it. */
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

  /** The signature over a text, as {@code algorithm} says it is made. */
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

  // The old trick of a verifier that takes the public key for an HMAC secret (RFC 8725 2.1).
  private static byte[] publicBytes(JWK key) throws JOSEException {
    return key instanceof OctetKeyPair okp
        ? okp.getX().decode()
        : ((AsymmetricJWK) key).toPublicKey().getEncoded();
  }
}
