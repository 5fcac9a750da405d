package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.it.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.UUID;

/** A client with a DPoP key, and the proofs for its requests to one address. */
final class BenchClient {
  private final BenchIssuer issuer;
  private final String address;
  private final ECKey key;

  BenchClient(BenchIssuer issuer, String address) throws JOSEException {
    this.issuer = issuer;
    this.address = address;
    this.key = new ECKeyGenerator(Curve.P_256).generate();
  }

  String thumbprint() throws JOSEException {
    return key.computeThumbprint().toString();
  }

  /** A new proof for a token. */
  String proof(String token) throws JOSEException {
    ObjectNode claims =
        Json.object()
            .put("jti", UUID.randomUUID().toString())
            .put("htm", "GET")
            .put("htu", address)
            .put("iat", Instant.now().getEpochSecond())
            .put("ath", hash(token));
    return issuer.sign(key, "dpop+jwt", claims);
  }

  private static String hash(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
      return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(bytes)).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The verification of a proof that is parsed already, by Nimbus. */
  Runnable verification(String proof) throws JOSEException, ParseException {
    return verification(proof, key);
  }

  static Runnable verification(String jwt, ECKey key) throws JOSEException, ParseException {
    JWSVerifier verifier = new ECDSAVerifier(key.toPublicJWK());
    JWSObject jws = JWSObject.parse(jwt);
    return () -> {
      try {
        if (!verifier.verify(jws.getHeader(), jws.getSigningInput(), jws.getSignature())) {
          throw new IllegalStateException("the signature is wrong");
        }
      } catch (JOSEException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
