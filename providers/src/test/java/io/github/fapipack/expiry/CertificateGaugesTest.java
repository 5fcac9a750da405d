package io.github.fapipack.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.audit.DatedKey;
import io.github.fapipack.audit.DatedKey.Status;
import io.github.fapipack.profile.Where;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** However many clients a realm has, there are two numbers of each kind. */
class CertificateGaugesTest {
  private static final String ENDS = "fapi.certificate.expiry.timestamp";
  private static final String ENDING = "fapi.certificates.ending";
  private static final long NOW = Time.currentTimeMillis() / 1000;
  private static final long YEAR = 365L * 86400;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CertificateGauges gauges = new CertificateGauges();

  @BeforeEach
  void listen() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void leave() {
    gauges.show();
    Metrics.removeRegistry(registry);
  }

  private static DatedKey key(Status status, Long end) {
    return new DatedKey(
        Where.of(Where.Kind.client, "app"),
        "jwks",
        status,
        "ES256",
        "sig",
        "k",
        null,
        end == null ? null : Instant.ofEpochSecond(end));
  }

  private Gauge gauge(String name, String realm, String kind) {
    return registry.find(name).tags("realm", realm, "kind", kind).gauge();
  }

  @Test
  void theFirstEndOfWhatIsInUseIsShownAndHowManyNeedSomebody() {
    gauges.note(
        "bank",
        Where.Kind.client,
        List.of(
            key(Status.ACTIVE, NOW + YEAR),
            key(Status.ACTIVE, NOW + 86400),
            key(Status.DISABLED, NOW - 86400),
            key(Status.ACTIVE, NOW + 2 * 86400),
            key(Status.ACTIVE, null)));

    gauges.show();

    assertThat(gauge(ENDS, "bank", "client").value()).isEqualTo((double) (NOW + 86400));
    assertThat(gauge(ENDING, "bank", "client").value()).isEqualTo(2);
  }

  @Test
  void aRealmWithoutAnyEndSaysOnlyThatNothingEnds() {
    gauges.note("bank", Where.Kind.client, List.of(key(Status.ACTIVE, null)));

    gauges.show();

    assertThat(gauge(ENDS, "bank", "client")).isNull();
    assertThat(gauge(ENDING, "bank", "client").value()).isZero();
  }

  @Test
  void tenThousandClientsAreOneTimeSeries() {
    gauges.note(
        "bank",
        Where.Kind.client,
        IntStream.range(0, 10_000).mapToObj(i -> key(Status.ACTIVE, NOW + YEAR + i)).toList());

    gauges.show();

    assertThat(registry.find(ENDS).gauges()).hasSize(1);
  }

  @Test
  void aRealmThatIsGoneIsNotShownAnyLonger() {
    gauges.note("bank", Where.Kind.realm, List.of(key(Status.ACTIVE, NOW + YEAR)));
    gauges.show();
    gauges.note("other", Where.Kind.realm, List.of(key(Status.ACTIVE, NOW + YEAR)));

    gauges.show();

    assertThat(gauge(ENDS, "bank", "realm")).isNull();
    assertThat(gauge(ENDS, "other", "realm").value()).isEqualTo((double) (NOW + YEAR));
  }
}
