package io.github.fapipack.expiry;

import io.github.fapipack.audit.DatedKey;
import io.github.fapipack.profile.Where;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Metrics about the end of certificates: for each realm the earliest end of its own and of its
 * clients' certificates, and how many of each need attention. There are two time series of each per
 * realm, however many clients it has.
 */
final class CertificateGauges {

  /** Stands in for a realm, for the server's own certificate. */
  static final String SERVER = "*";

  /** Becomes {@code fapi_certificate_expiry_timestamp_seconds}. */
  private final MultiGauge ends =
      MultiGauge.builder("fapi.certificate.expiry.timestamp")
          .baseUnit("seconds")
          .description("When the first key or certificate in use ends, in seconds since 1970")
          .register(Metrics.globalRegistry);

  /** Becomes {@code fapi_certificates_ending}. */
  private final MultiGauge ending =
      MultiGauge.builder("fapi.certificates.ending")
          .description("Keys and certificates in use that have ended or end within 30 days")
          .register(Metrics.globalRegistry);

  private final List<Row<Number>> firstEnds = new ArrayList<>();
  private final List<Row<Number>> needy = new ArrayList<>();

  /** Adds the keys of one owner in a realm, for the next {@link #show}. */
  void note(String realm, Where.Kind kind, List<DatedKey> keys) {
    Tags tags = Tags.of("realm", realm, "kind", kind.name());
    Optional<Instant> first =
        keys.stream()
            .filter(DatedKey::isInUse)
            .map(DatedKey::end)
            .filter(Objects::nonNull)
            .min(Instant::compareTo);
    first.ifPresent(end -> firstEnds.add(Row.of(tags, end.getEpochSecond())));
    needy.add(Row.of(tags, keys.stream().filter(DatedKey::needsSomebody).count()));
  }

  /** Publishes what was added and nothing older, because a realm may have been deleted. */
  void show() {
    ends.register(List.copyOf(firstEnds), true);
    ending.register(List.copyOf(needy), true);
    firstEnds.clear();
    needy.clear();
  }
}
