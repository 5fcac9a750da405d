package io.github.fapipack.httpsig;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the application requires of a signature beyond its validity (RFC 9421 3.2.1). {@code
 * created} is always required.
 *
 * @param label the signature to verify; by default the only one, or the only one with the tag
 * @param tag the {@code tag} that it must have, if any
 * @param required the components that it must cover
 * @param maxAge how long ago it may have been created
 * @param maxSkew how far in the future it may have been created
 * @param nonces checks its nonce
 * @param types the structured fields that {@code ;sf} may refer to
 */
public record VerificationPolicy(
    Optional<String> label,
    Optional<String> tag,
    List<Component> required,
    Duration maxAge,
    Duration maxSkew,
    NonceCheck nonces,
    FieldTypes types,
    Clock clock) {

  /** The value that FAPI2-HS 5.3.1.2-6 recommends. */
  public static final Duration MAX_AGE = Duration.ofMinutes(1);

  /** The skew that an authorization server must accept by FAPI2-SP 5.3.2.1-13. */
  public static final Duration MAX_SKEW = Duration.ofSeconds(10);

  public VerificationPolicy {
    required = List.copyOf(required);
  }

  /** Requires only {@code created} within the last minute. */
  public static VerificationPolicy at(Clock clock) {
    return new VerificationPolicy(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        MAX_AGE,
        MAX_SKEW,
        NonceCheck.NONE,
        FieldTypes.REGISTERED,
        clock);
  }

  public VerificationPolicy withLabel(String wanted) {
    return new VerificationPolicy(
        Optional.of(wanted), tag, required, maxAge, maxSkew, nonces, types, clock);
  }

  public VerificationPolicy withTag(String wanted) {
    return new VerificationPolicy(
        label, Optional.of(wanted), required, maxAge, maxSkew, nonces, types, clock);
  }

  public VerificationPolicy withRequired(List<Component> wanted) {
    return new VerificationPolicy(label, tag, wanted, maxAge, maxSkew, nonces, types, clock);
  }

  public VerificationPolicy withWindow(Duration age, Duration skew) {
    return new VerificationPolicy(label, tag, required, age, skew, nonces, types, clock);
  }

  public VerificationPolicy withNonces(NonceCheck check) {
    return new VerificationPolicy(label, tag, required, maxAge, maxSkew, check, types, clock);
  }
}
