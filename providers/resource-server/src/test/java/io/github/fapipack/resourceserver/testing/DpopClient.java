package io.github.fapipack.resourceserver.testing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A client that proves its key with DPoP (RFC 9449), as Nimbus would write it. */
public final class DpopClient {
  private final JWK key;

  public DpopClient(JWK privateKey) {
    this.key = privateKey;
  }

  /** One with a new ES256 key. */
  public static DpopClient create() {
    return new DpopClient(TestIssuer.newKey());
  }

  /** The key to which tokens are bound. */
  public JWK key() {
    return key;
  }

  /** A request with that token and a proof for it. */
  public HttpRequest.Builder request(String method, String uri, String token) {
    return HttpRequest.newBuilder(URI.create(uri))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .header("Authorization", "DPoP " + token)
        .header("DPoP", proof(method, uri, token));
  }

  /** A proof of now. */
  public String proof(String method, String uri, String token) {
    return proof(method, uri, token, Map.of());
  }

  /** A proof with further or other claims. */
  public String proof(String method, String uri, String token, Map<String, Object> more) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", uri.split("[?#]", 2)[0]);
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("ath", hash(token));
    claims.putAll(more);
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "dpop+jwt");
    header.put("kid", Jws.ABSENT);
    header.put("jwk", key.toPublicJWK().toJSONObject());
    return Jws.sign(key, header, claims);
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return Base64URL.encode(digest).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
