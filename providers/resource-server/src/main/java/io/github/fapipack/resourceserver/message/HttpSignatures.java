package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.VerificationPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an API demands of HTTP message signatures (FAPI2-HS 5.3). Immutable.
 *
 * @param keys the keys of the clients; empty if requests are not verified
 * @param required the methods of requests that must be signed; empty for all
 * @param optional whether requests need not be signed at all; a signature that is there must be
 *     good all the same
 * @param maxAge how long ago a request may have been signed
 * @param maxSkew how far the clock of a client may be ahead
 * @param nonce whether a signature must have a nonce
 * @param own the key that signs responses, if they are signed
 */
public record HttpSignatures(
    Optional<ClientKeys> keys,
    Set<String> required,
    boolean optional,
    Duration maxAge,
    Duration maxSkew,
    boolean nonce,
    Optional<JWK> own) {

  public HttpSignatures {
    required = Set.copyOf(required);
    own.ifPresent(OwnKey::of);
    if (maxAge.isNegative() || maxSkew.isNegative()) {
      throw new IllegalArgumentException("the time window of signatures must not be negative");
    }
  }

  private static HttpSignatures of(Optional<ClientKeys> keys, Optional<JWK> own) {
    return new HttpSignatures(
        keys, Set.of(), false, VerificationPolicy.MAX_AGE, VerificationPolicy.MAX_SKEW, false, own);
  }

  /** Every request must be signed within the last minute (FAPI2-HS 5.3.1.2). */
  public static HttpSignatures of(ClientKeys keys) {
    return of(Optional.of(keys), Optional.empty());
  }

  /** Responses are signed, requests are not verified. */
  public static HttpSignatures ofResponses(JWK own) {
    return of(Optional.empty(), Optional.of(own));
  }

  /** The same, and responses are signed with this private key (FAPI2-HS 5.3.2.1). */
  public HttpSignatures signing(JWK key) {
    return new HttpSignatures(keys, required, optional, maxAge, maxSkew, nonce, Optional.of(key));
  }

  /** The same, but only requests with these methods must be signed. */
  public HttpSignatures requiredFor(String... methods) {
    return new HttpSignatures(keys, Set.of(methods), false, maxAge, maxSkew, nonce, own);
  }

  /** The same, but no request must be signed. */
  public HttpSignatures whereSigned() {
    return new HttpSignatures(keys, required, true, maxAge, maxSkew, nonce, own);
  }

  /** The same with another time window. */
  public HttpSignatures window(Duration age, Duration skew) {
    return new HttpSignatures(keys, required, optional, age, skew, nonce, own);
  }

  /** The same, and each signature must have a nonce. */
  public HttpSignatures withNonce() {
    return new HttpSignatures(keys, required, optional, maxAge, maxSkew, true, own);
  }

  /** Without the private key. */
  @Override
  public String toString() {
    return "HttpSignatures[required="
        + (optional ? "none" : required.isEmpty() ? "all" : required)
        + ", maxAge="
        + maxAge
        + ", maxSkew="
        + maxSkew
        + ", nonce="
        + nonce
        + ", own="
        + own.map(JWK::getKeyID).orElse("none")
        + "]";
  }

  boolean isRequiredFor(String method) {
    return !optional && (required.isEmpty() || required.contains(method));
  }
}
