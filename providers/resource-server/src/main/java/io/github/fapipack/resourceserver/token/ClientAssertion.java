package io.github.fapipack.resourceserver.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.SigningKey;
import io.github.fapipack.resourceserver.jws.Base64Url;
import io.github.fapipack.resourceserver.jws.KeyTypes;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.jws.PrivateKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Assertions with which this API authenticates to its issuer (RFC 7523 3). */
final class ClientAssertion {
  private static final int LIFE_SECONDS = 60;

  private final String clientId;
  private final String issuer;
  private final String header;
  private final SigningKey key;

  ClientAssertion(ClientAuthentication.PrivateKeyJwt client, String issuer) {
    this.clientId = client.clientId();
    this.issuer = issuer;
    JWK jwk = client.key();
    try {
      SignatureAlgorithm algorithm = KeyTypes.algorithm(jwk);
      this.key = JcaKeys.signing("assertion", PrivateKeys.of(jwk, algorithm), algorithm);
      this.header = header(jwk, algorithm);
    } catch (MalformedJws | HttpSignatureException e) {
      throw new IllegalArgumentException("the key for introspection cannot be used here", e);
    }
  }

  /** A new assertion; the issuer takes each one once. */
  String at(Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", clientId);
    claims.put("sub", clientId);
    claims.put("aud", issuer);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + LIFE_SECONDS);
    String input = header + "." + encoded(JSONObjectUtils.toJSONString(claims));
    try {
      byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64Url.encode(signature);
    } catch (HttpSignatureException e) {
      throw new IllegalStateException("the key for introspection does not sign", e);
    }
  }

  private static String header(JWK jwk, SignatureAlgorithm algorithm) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", joseName(algorithm));
    header.put("typ", "JWT");
    if (jwk.getKeyID() != null) {
      header.put("kid", jwk.getKeyID());
    }
    return encoded(JSONObjectUtils.toJSONString(header));
  }

  private static String joseName(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_P256_SHA256 -> "ES256";
      case ED25519 -> "EdDSA";
      default -> "PS256";
    };
  }

  private static String encoded(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }
}
