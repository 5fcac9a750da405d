package io.github.fapipack.audit;

import io.github.fapipack.profile.Severity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.Time;

/**
 * Says that a certificate has expired or will soon.
 *
 * @param words what is wrong, as the rest of a sentence
 */
record Expiry(Severity severity, String words) {

  private static final Duration SOON = Duration.ofDays(30);

  /** Empty if there is enough time left. */
  static Optional<Expiry> of(X509Certificate certificate) {
    return of(certificate.getNotAfter().toInstant());
  }

  /** Empty if there is enough time left. */
  static Optional<Expiry> of(Instant end) {
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    if (end.isBefore(now)) {
      return Optional.of(new Expiry(Severity.ERROR, "has expired"));
    }
    return end.isBefore(now.plus(SOON))
        ? Optional.of(
            new Expiry(
                Severity.WARNING, "expires in " + Duration.between(now, end).toDays() + " days"))
        : Optional.empty();
  }
}
