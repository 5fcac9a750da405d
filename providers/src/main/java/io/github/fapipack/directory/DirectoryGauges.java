package io.github.fapipack.directory;

import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.participants.DirectoryStatus;
import io.github.fapipack.participants.Participants;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Metrics about participants and their directory; a few time series for each realm. */
final class DirectoryGauges {

  private static final long NANOS = Duration.ofSeconds(15).toNanos();

  /** Becomes {@code fapi_participants}. */
  private final MultiGauge participants =
      MultiGauge.builder("fapi.participants")
          .description("Clients under the control of a directory, by the state that counts")
          .register(Metrics.globalRegistry);

  /** Becomes {@code fapi_directory_last_success_timestamp_seconds}. */
  private final MultiGauge success =
      MultiGauge.builder("fapi.directory.last.success.timestamp")
          .baseUnit("seconds")
          .description("When the directory's list was last applied, in seconds since 1970")
          .register(Metrics.globalRegistry);

  /** Becomes {@code fapi_directory_stale}. */
  private final MultiGauge stale =
      MultiGauge.builder("fapi.directory.stale")
          .description("1 if the directory's list was not applied for longer than it may be")
          .register(Metrics.globalRegistry);

  private final List<Row<Number>> counts = new ArrayList<>();
  private final List<Row<Number>> successes = new ArrayList<>();
  private final List<Row<Number>> silences = new ArrayList<>();
  private long shown;

  /** Publishes what is stored of these realms, unless that was done a moment ago. */
  synchronized void show(KeycloakSessionFactory factory, List<String> realmIds) {
    if (Metrics.globalRegistry.getRegistries().isEmpty()
        || (shown != 0 && System.nanoTime() - shown < NANOS)) {
      return;
    }
    shown = System.nanoTime();
    realmIds.forEach(id -> DirectoryWatch.inRealm(factory, id, this::note));
    participants.register(List.copyOf(counts), true);
    success.register(List.copyOf(successes), true);
    stale.register(List.copyOf(silences), true);
    counts.clear();
    successes.clear();
    silences.clear();
  }

  private void note(KeycloakSession session, RealmModel realm) {
    Participants stored = Participants.of(session);
    Map<ParticipantState, Long> byState = stored.counts();
    for (ParticipantState state : ParticipantState.values()) {
      counts.add(
          Row.of(
              Tags.of("realm", realm.getName(), "state", state.jsonName()),
              byState.getOrDefault(state, 0L)));
    }
    EcosystemProfiles.of(realm)
        .inUse()
        .map(profile -> profile.directory().status())
        .ifPresent(rules -> note(realm, rules, stored));
  }

  private void note(RealmModel realm, ParticipantsList rules, Participants stored) {
    Optional<DirectoryStatus> status =
        stored.directory().filter(known -> rules.uri().equals(known.uri()));
    if (status.isEmpty()) {
      return;
    }
    Tags tags = Tags.of("realm", realm.getName());
    if (status.get().lastSuccess() != null) {
      successes.add(Row.of(tags, status.get().lastSuccess() / 1000));
    }
    boolean silent = status.get().isStale(Time.currentTimeMillis(), rules.staleAfter());
    silences.add(Row.of(tags, silent ? 1 : 0));
  }
}
