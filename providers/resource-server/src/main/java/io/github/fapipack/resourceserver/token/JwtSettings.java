package io.github.fapipack.resourceserver.token;

import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.fetch.KeepTimes;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How access tokens that are JWTs are checked (RFC 9068).
 *
 * @param algorithms of PS256, ES256 and EdDSA with Ed25519, the ones that are accepted (FAPI2-SP
 *     5.4.1)
 * @param plainJwt whether tokens with the type {@code JWT} are accepted too, from issuers that do
 *     not follow RFC 9068
 * @param futureSkew how far {@code iat} and {@code nbf} may be in the future
 * @param jwks where the keys of the issuer are; empty for where its metadata say
 * @param keys how long they are kept
 * @param memory how many bytes the verified tokens that are remembered may take; 0 for none
 */
public record JwtSettings(
    Set<SignatureAlgorithm> algorithms,
    boolean plainJwt,
    Duration futureSkew,
    Optional<URI> jwks,
    KeepTimes keys,
    long memory) {
  private static final Set<SignatureAlgorithm> JOSE =
      EnumSet.of(
          SignatureAlgorithm.PS256,
          SignatureAlgorithm.ECDSA_P256_SHA256,
          SignatureAlgorithm.ED25519);
  private static final long MEMORY = 32L * 1024 * 1024;

  public JwtSettings {
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || !JOSE.containsAll(algorithms)) {
      throw new IllegalArgumentException(
          "the algorithms of access tokens must be some of PS256, ES256 and EdDSA");
    }
    if (futureSkew.isNegative() || memory < 0) {
      throw new IllegalArgumentException("neither skew nor memory may be negative");
    }
  }

  /** RFC 9068 to the letter, clocks that differ by 10 s at most, 32 MiB of remembered tokens. */
  public static JwtSettings defaults() {
    return new JwtSettings(
        JOSE, false, Duration.ofSeconds(10), Optional.empty(), KeepTimes.defaults(), MEMORY);
  }

  /** The same, but only with these algorithms. */
  public JwtSettings algorithms(Set<SignatureAlgorithm> accepted) {
    return new JwtSettings(accepted, plainJwt, futureSkew, jwks, keys, memory);
  }

  /**
   * The same, but the type {@code JWT} will do, as Keycloak sends it unless told otherwise. Then
   * tokens whose claim {@code typ} says that they are for something else are refused. Rather let
   * the issuer follow RFC 9068.
   */
  public JwtSettings acceptingPlainJwt() {
    return new JwtSettings(algorithms, true, futureSkew, jwks, keys, memory);
  }

  /** The same, but clocks may differ by that much. */
  public JwtSettings futureSkew(Duration skew) {
    return new JwtSettings(algorithms, plainJwt, skew, jwks, keys, memory);
  }

  /** The same, with the keys at that address. */
  public JwtSettings jwks(URI address) {
    return new JwtSettings(algorithms, plainJwt, futureSkew, Optional.of(address), keys, memory);
  }

  /** The same, with keys that are kept so long. */
  public JwtSettings keys(KeepTimes times) {
    return new JwtSettings(algorithms, plainJwt, futureSkew, jwks, times, memory);
  }

  /** The same, with so many bytes for tokens that are remembered. */
  public JwtSettings memory(long bytes) {
    return new JwtSettings(algorithms, plainJwt, futureSkew, jwks, keys, bytes);
  }
}
