package io.github.fapipack.audit;

import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.participants.DirectoryStatus;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.Software;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Checks the ecosystem of a realm: its profile, its directory, and participants' certificates. */
final class EcosystemState implements Check {

  private static final Duration SOON = Duration.ofDays(31);

  /** Further ones are found when these are renewed. */
  private static final int MOST_CERTIFICATES = 100;

  @Override
  public String id() {
    return "fapi-ecosystem";
  }

  @Override
  public String help() {
    return "The profile of the realm's ecosystem can be used, the list of its directory is applied,"
        + " and participants' certificates are valid.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    EcosystemProfiles profiles = EcosystemProfiles.of(audited.realm());
    if (!profiles.isNamed()) {
      return;
    }
    profiles
        .fault()
        .ifPresent(
            fault ->
                findings.accept(
                    finding(
                        Severity.ERROR,
                        Where.realm("/attributes/" + EcosystemProfiles.IN_USE),
                        "the ecosystem profile cannot be used: " + fault,
                        "correct it; until then no software registers")));
    profiles.inUse().ifPresent(profile -> check(audited.session(), profile, findings));
    Participants.of(audited.session())
        .certificatesEnding(Time.currentTimeMillis() + SOON.toMillis(), MOST_CERTIFICATES)
        .forEach(software -> check(audited, software, findings));
  }

  private void check(
      KeycloakSession session, EcosystemProfile profile, Consumer<Finding> findings) {
    ParticipantsList rules = profile.directory().status();
    if (rules == null) {
      return;
    }
    Participants.of(session)
        .directory()
        .filter(status -> rules.uri().equals(status.uri()))
        .ifPresent(status -> check(rules, status, findings));
  }

  private void check(ParticipantsList rules, DirectoryStatus status, Consumer<Finding> findings) {
    Where where = Where.realm("/attributes/" + EcosystemProfiles.IN_USE);
    if (status.isStale(Time.currentTimeMillis(), rules.staleAfter())) {
      findings.accept(
          finding(
              Severity.ERROR,
              where,
              "the directory's list of participants was not applied for too long",
              "see why on the view Participants; the states stay as they were"));
    }
    if (status.fault() != null) {
      findings.accept(
          finding(
              Severity.WARNING,
              where,
              "the directory's list of participants is not applied: " + status.fault(),
              "ask the directory, or apply the list on the view Participants"));
    }
  }

  private void check(RealmUnderAudit audited, Software software, Consumer<Finding> findings) {
    ClientModel client = audited.realm().getClientById(software.clientUuid());
    if (client == null) {
      return;
    }
    Expiry.of(Instant.ofEpochMilli(software.certificate().notAfter()))
        .ifPresent(
            expiry ->
                findings.accept(
                    finding(
                        expiry.severity(),
                        new Where(Where.Kind.client, client.getClientId(), client.getId(), ""),
                        "the certificate with which the client has registered " + expiry.words(),
                        "have the software update its registration with a new one")));
  }

  private Finding finding(Severity severity, Where where, String problem, String remedy) {
    return new Finding(severity, id(), null, where, problem, remedy, List.of());
  }
}
