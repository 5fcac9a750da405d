package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;

/** The public key of the issuer, as careless verifiers have used it for a secret. */
final class IssuerKey {
  private IssuerKey() {}

  /** The key that has signed the honest token. */
  static JWK of(Scene scene) {
    try {
      String kid = SignedJWT.parse(scene.holding().tokens().accessToken()).getHeader().getKeyID();
      JWK key = JWKSet.parse(scene.issuerKeys()).getKeyByKeyId(kid);
      if (key == null) {
        throw new NotApplicable("the issuer does not publish the key of its tokens");
      }
      return key;
    } catch (ParseException e) {
      throw new NotApplicable("the issuer's keys cannot be read");
    }
  }

  static byte[] json(JWK key) {
    return key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] der(JWK key) {
    try {
      return key instanceof OctetKeyPair pair
          ? pair.getX().decode()
          : ((AsymmetricJWK) key).toPublicKey().getEncoded();
    } catch (JOSEException e) {
      throw new NotApplicable("the issuer's key cannot be read");
    }
  }

  static byte[] pem(JWK key) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(der(key));
    return ("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
