package io.github.fapipack.bridge;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Metrics about ended consents of which the bank's consent service does not know yet. */
final class ConsentGauges {

  private static final long NANOS = Duration.ofSeconds(15).toNanos();

  /** Becomes {@code fapi_consents_untold}. */
  private final MultiGauge untold =
      MultiGauge.builder("fapi.consents.untold")
          .description("Consents that have ended here without the bank's consent service knowing")
          .register(Metrics.globalRegistry);

  /** Becomes {@code fapi_consents_untold_age_seconds}. */
  private final MultiGauge age =
      MultiGauge.builder("fapi.consents.untold.age")
          .baseUnit("seconds")
          .description("For how many seconds the first of these consents has ended; 0 for none")
          .register(Metrics.globalRegistry);

  private long shown;

  /** Publishes what is stored, unless that was done a moment ago. */
  synchronized void show(KeycloakSessionFactory factory) {
    if (Metrics.globalRegistry.getRegistries().isEmpty()
        || (shown != 0 && System.nanoTime() - shown < NANOS)) {
      return;
    }
    shown = System.nanoTime();
    KeycloakModelUtils.runJobInTransaction(factory, this::show);
  }

  private void show(KeycloakSession session) {
    List<Row<Number>> counts = new ArrayList<>();
    List<Row<Number>> ages = new ArrayList<>();
    Map<String, Untold> known =
        KnownConsents.outbox(session).untold().stream()
            .collect(Collectors.toMap(Untold::realmId, Function.identity()));
    for (String id : ServiceSettings.realms(session)) {
      RealmModel realm = session.realms().getRealm(id);
      if (realm != null) {
        Untold one = known.getOrDefault(id, new Untold(id, 0, Time.currentTimeSeconds()));
        Tags tags = Tags.of("realm", realm.getName());
        counts.add(Row.of(tags, one.count()));
        ages.add(Row.of(tags, Time.currentTimeSeconds() - one.since()));
      }
    }
    untold.register(counts, true);
    age.register(ages, true);
  }
}
