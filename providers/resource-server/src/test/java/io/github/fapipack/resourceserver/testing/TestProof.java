package io.github.fapipack.resourceserver.testing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A DPoP proof that is right in every respect until a test changes it (RFC 9449 4.2). */
public final class TestProof {
  private final JWK key;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();

  /** A proof of that time with this private key, for this request. */
  public TestProof(JWK key, String method, String uri, String token, Instant now) {
    this.key = key;
    header.put("typ", "dpop+jwt");
    header.put("kid", Jws.ABSENT);
    header.put("jwk", key.toPublicJWK().toJSONObject());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", uri);
    claims.put("iat", now.getEpochSecond());
    claims.put("ath", hash(token));
  }

  /** Any claim; {@code null} leaves it out. */
  public TestProof claim(String name, Object valueOrNull) {
    claims.put(name, valueOrNull == null ? Jws.ABSENT : valueOrNull);
    return this;
  }

  /** Any header parameter; {@code null} leaves it out. */
  public TestProof header(String name, Object valueOrNull) {
    header.put(name, valueOrNull == null ? Jws.ABSENT : valueOrNull);
    return this;
  }

  /** The value of the field {@code DPoP}. */
  public String sign() {
    return Jws.sign(key, header, claims);
  }

  private static String hash(String token) {
    try {
      return Base64URL.encode(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.US_ASCII)))
          .toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
