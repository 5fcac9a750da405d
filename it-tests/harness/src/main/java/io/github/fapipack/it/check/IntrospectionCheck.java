package io.github.fapipack.it.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import java.text.ParseException;
import java.util.Set;

/** Verifies signed introspection responses as a resource server must (RFC 9701). */
public final class IntrospectionCheck {
  /** Of a signed answer (RFC 9701 section 4). */
  public static final String MEDIA_TYPE = "application/token-introspection+jwt";

  private static final JOSEObjectType TYPE = new JOSEObjectType("token-introspection+jwt");
  private static final Set<JWSAlgorithm> ALLOWED = Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256);
  private static final Set<String> CLAIMS = Set.of("iss", "aud", "iat", "token_introspection");

  private IntrospectionCheck() {}

  /**
   * The content of the response about the token.
   *
   * @param decryptionKey null if the caller has registered none
   */
  public static JsonNode verify(
      HttpExchange answer, String issuer, String clientId, String jwks, JWK decryptionKey) {
    if (!String.valueOf(answer.header("Content-Type")).startsWith(MEDIA_TYPE)) {
      throw new AssertionError("expected " + MEDIA_TYPE + " but got:\n" + answer);
    }
    try {
      SignedJWT jwt = signed(answer.body(), decryptionKey);
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(ALLOWED, new ImmutableJWKSet<>(JWKSet.parse(jwks))));
      processor.setJWTClaimsSetVerifier(
          new DefaultJWTClaimsVerifier<>(
              clientId, new JWTClaimsSet.Builder().issuer(issuer).build(), CLAIMS));
      processor.process(jwt, null);
      JsonNode claims = Json.parse(jwt.getPayload().toString());
      // RFC 9701 5: with "sub" or "exp" on the top level, the response could pass for an access
      // token.
      if (claims.size() != CLAIMS.size()) {
        throw new AssertionError("more than " + CLAIMS + " in:\n" + claims);
      }
      return claims.path("token_introspection");
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new AssertionError("invalid answer: " + e.getMessage() + "\n" + answer, e);
    }
  }

  private static SignedJWT signed(String text, JWK decryptionKey)
      throws ParseException, JOSEException {
    if (!(JWTParser.parse(text) instanceof EncryptedJWT encrypted)) {
      if (decryptionKey != null) {
        throw new AssertionError("expected an encrypted answer but got:\n" + text);
      }
      return SignedJWT.parse(text);
    }
    encrypted.decrypt(new RSADecrypter((RSAKey) decryptionKey));
    return encrypted.getPayload().toSignedJWT();
  }
}
