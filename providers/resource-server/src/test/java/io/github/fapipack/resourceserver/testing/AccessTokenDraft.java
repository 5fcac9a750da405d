package io.github.fapipack.resourceserver.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An access token that a {@link TestIssuer} is about to issue (RFC 9068): right in every respect
 * until a test changes it.
 */
public final class AccessTokenDraft {
  private final TestIssuer issuer;
  private final Instant now;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private JWK key;

  AccessTokenDraft(TestIssuer issuer, String audience, Instant now) {
    this.issuer = issuer;
    this.now = now;
    header.put("typ", "at+jwt");
    claims.put("iss", issuer.issuer());
    claims.put("aud", audience);
    claims.put("sub", "alice");
    claims.put("client_id", "client-1");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("sid", UUID.randomUUID().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 300);
  }

  /** For these scopes, separated by spaces. */
  public AccessTokenDraft scope(String scope) {
    return claim("scope", scope);
  }

  /** For another user, or the client itself. */
  public AccessTokenDraft subject(String subject) {
    return claim("sub", subject);
  }

  public AccessTokenDraft client(String clientId) {
    return claim("client_id", clientId);
  }

  /** For another API. */
  public AccessTokenDraft audience(String audience) {
    return claim("aud", audience);
  }

  /** Expires so long from now on; with a negative duration it has expired. */
  public AccessTokenDraft expiresIn(Duration life) {
    return claim("exp", now.plus(life).getEpochSecond());
  }

  /** Belongs to who has this DPoP key (RFC 9449 6.1). */
  public AccessTokenDraft boundTo(JWK dpopKey) {
    try {
      return claim("cnf", Map.of("jkt", dpopKey.computeThumbprint().toString()));
    } catch (JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Belongs to who has this client certificate (RFC 8705 3.1). */
  public AccessTokenDraft boundTo(X509Certificate certificate) {
    return claim(
        "cnf", Map.of("x5t#S256", X509CertUtils.computeSHA256Thumbprint(certificate).toString()));
  }

  /** With these authorization details (RFC 9396 9.1). */
  public AccessTokenDraft details(List<Map<String, Object>> details) {
    return claim("authorization_details", details);
  }

  /** Any claim; {@code null} leaves it out. */
  public AccessTokenDraft claim(String name, Object valueOrNull) {
    return put(claims, name, valueOrNull);
  }

  /**
   * Any header parameter, also {@code typ}, {@code alg} and {@code kid}; {@code null} leaves it.
   */
  public AccessTokenDraft header(String name, Object valueOrNull) {
    return put(header, name, valueOrNull);
  }

  /** Signed with this private key, whether the issuer publishes it or not. */
  public AccessTokenDraft signedBy(JWK privateKey) {
    this.key = privateKey;
    return this;
  }

  /** The token as a JWT; introspection tells the same of it. */
  public String sign() {
    String token = Jws.sign(key == null ? issuer.signingKey() : key, header, claims);
    issuer.introspection().knows(token, claims);
    return token;
  }

  /** The token as a meaningless string, of which introspection alone tells something. */
  public String opaque() {
    String token = UUID.randomUUID() + "~" + UUID.randomUUID();
    issuer.introspection().knows(token, claims);
    return token;
  }

  private AccessTokenDraft put(Map<String, Object> map, String name, Object valueOrNull) {
    // What is left out is noted, so that the defaults do not come back.
    map.put(name, valueOrNull == null ? Jws.ABSENT : valueOrNull);
    return this;
  }
}
