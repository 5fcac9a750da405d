package io.github.fapipack.resourceserver.token;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.fetch.FetchFailed;
import io.github.fapipack.resourceserver.jws.CompactJws;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Introspection answers that are signed JWTs, maybe encrypted too (RFC 9701 5). */
final class SignedAnswers {
  static final String TYPE = "token-introspection+jwt";

  private static final Duration OLDEST = Duration.ofSeconds(60);
  private static final int DOTS_OF_JWE = 4;
  private static final Set<JWEAlgorithm> ALGORITHMS =
      Set.of(
          JWEAlgorithm.RSA_OAEP_256,
          JWEAlgorithm.ECDH_ES,
          JWEAlgorithm.ECDH_ES_A128KW,
          JWEAlgorithm.ECDH_ES_A256KW);
  private static final Set<EncryptionMethod> METHODS =
      Set.of(
          EncryptionMethod.A128GCM,
          EncryptionMethod.A256GCM,
          EncryptionMethod.A128CBC_HS256,
          EncryptionMethod.A256CBC_HS512);

  private final String clientId;
  private final TokenRules rules;
  private final IssuerKeys keys;
  private final Clock clock;
  private final Set<SignatureAlgorithm> algorithms;
  private final Optional<JWEDecrypter> decrypter;

  SignedAnswers(IntrospectionSettings settings, TokenRules rules, IssuerKeys keys, Clock clock) {
    this.algorithms = keys.algorithms();
    this.clientId = settings.client().clientId();
    this.rules = rules;
    this.keys = keys;
    this.clock = clock;
    this.decrypter = settings.decryptionKey().map(SignedAnswers::decrypter);
  }

  /**
   * What the issuer tells of the token.
   *
   * @throws FetchFailed if it is not the issuer that tells it, or not to this API, or not now
   * @throws RefusedRequest with 503 if the keys of the issuer cannot be had
   */
  Map<String, Object> read(String jwt) throws FetchFailed, RefusedRequest {
    try {
      CompactJws jws =
          CompactJws.parse(isJwe(jwt) ? decrypted(jwt) : jwt, jwt.length(), algorithms);
      require(jws.isOfType(TYPE), "is not of the type " + TYPE);
      boolean verified = keys.find(jws).filter(key -> key.verifies(jws)).isPresent();
      require(verified, "is not signed by a key of the issuer");
      return told(jws.claims());
    } catch (MalformedJws e) {
      throw new FetchFailed("the signed introspection answer " + e.sentence());
    }
  }

  private Map<String, Object> told(Map<String, Object> claims) throws FetchFailed {
    ClaimReader reader = new ClaimReader(claims, "RFC9701 5");
    try {
      require(rules.issuer().equals(claims.get("iss")), "has another iss than the issuer");
      require(reader.texts("aud").contains(clientId), "has another aud than this API");
      Instant issued = reader.required(reader.time("iat"), "iat");
      Instant now = clock.instant();
      require(
          !issued.isAfter(now.plus(rules.futureSkew())) && !issued.isBefore(now.minus(OLDEST)),
          "was not made now, as iat says");
    } catch (RefusedRequest e) {
      throw new FetchFailed("the signed introspection answer has claims of a wrong type");
    }
    return members(claims.get("token_introspection"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Object introspection) throws FetchFailed {
    require(introspection instanceof Map, "has no token_introspection");
    // The names of the members of a JSON object are texts.
    return (Map<String, Object>) introspection;
  }

  private static boolean isJwe(String jwt) {
    return jwt.chars().filter(c -> c == '.').count() == DOTS_OF_JWE;
  }

  private String decrypted(String jwt) throws FetchFailed {
    try {
      JWEObject jwe = JWEObject.parse(jwt);
      require(
          ALGORITHMS.contains(jwe.getHeader().getAlgorithm())
              && METHODS.contains(jwe.getHeader().getEncryptionMethod())
              && jwe.getHeader().getCompressionAlgorithm() == null,
          "is encrypted in a way that this kit does not accept");
      jwe.decrypt(
          decrypter.orElseThrow(
              () -> new FetchFailed("the introspection answer is encrypted; set decryptionKey")));
      return jwe.getPayload().toString();
    } catch (ParseException | JOSEException | RuntimeException e) {
      throw new FetchFailed("the introspection answer cannot be decrypted");
    }
  }

  private static JWEDecrypter decrypter(JWK key) {
    try {
      return key instanceof RSAKey rsa ? new RSADecrypter(rsa) : new ECDHDecrypter((ECKey) key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException(
          "the key that decrypts introspection answers cannot be used here", e);
    }
  }

  private static void require(boolean condition, String otherwise) throws FetchFailed {
    if (!condition) {
      throw new FetchFailed("the signed introspection answer " + otherwise);
    }
  }
}
