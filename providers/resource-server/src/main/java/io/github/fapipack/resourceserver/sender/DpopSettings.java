package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.httpsig.SignatureAlgorithm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How proofs are checked (RFC 9449 4.3).
 *
 * @param algorithms what they may be signed with
 * @param age how long ago a proof may have been made
 * @param ahead by how much the clock of a client may be fast
 * @param nonces the nonces that proofs must have; empty for none
 */
public record DpopSettings(
    Set<SignatureAlgorithm> algorithms, Duration age, Duration ahead, Optional<DpopNonces> nonces) {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Set<SignatureAlgorithm> ALL =
      Set.copyOf(
          EnumSet.of(
              SignatureAlgorithm.ECDSA_P256_SHA256,
              SignatureAlgorithm.PS256,
              SignatureAlgorithm.ED25519));

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a duration is negative or longer than ten minutes, or if no
   *     algorithm is left, or one that JOSE does not have
   */
  public DpopSettings {
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || !ALL.containsAll(algorithms)) {
      throw new IllegalArgumentException("the algorithms of DPoP are some of ES256, PS256, EdDSA");
    }
    require(age, "age");
    require(ahead, "ahead");
  }

  /** ES256, PS256 and EdDSA; a minute old at most, 10 seconds ahead at most; no nonces. */
  public static DpopSettings defaults() {
    return new DpopSettings(ALL, Duration.ofSeconds(60), Duration.ofSeconds(10), Optional.empty());
  }

  /** Only these algorithms. */
  public DpopSettings algorithms(SignatureAlgorithm... only) {
    return new DpopSettings(Set.of(only), age, ahead, nonces);
  }

  /** Proofs of another age. */
  public DpopSettings window(Duration age, Duration ahead) {
    return new DpopSettings(algorithms, age, ahead, nonces);
  }

  /** Proofs must have one of these nonces. */
  public DpopSettings nonces(DpopNonces nonces) {
    return new DpopSettings(algorithms, age, ahead, Optional.of(nonces));
  }

  /** The names of the algorithms, for challenges and metadata. */
  public List<String> algorithmNames() {
    return algorithms.stream().map(DpopSettings::name).sorted().toList();
  }

  private static String name(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case ECDSA_P256_SHA256 -> "ES256";
      case ED25519 -> "EdDSA";
      case PS256 -> "PS256";
      case RSA_PSS_SHA512 -> throw new IllegalArgumentException("not an algorithm of JOSE");
    };
  }

  private static void require(Duration duration, String name) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be between 0 seconds and 10 minutes");
    }
  }
}
