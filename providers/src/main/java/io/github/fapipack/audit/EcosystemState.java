package io.github.fapipack.audit;

import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.participants.DirectoryStatus;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.Software;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

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
      audited.profile().ecosystem().map(this::unnamed).ifPresent(findings);
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
    profiles
        .inUse()
        .ifPresent(
            profile -> {
              checkRealm(audited.realm(), profile, findings);
              check(audited.session(), profile, findings);
            });
    Participants.of(audited.session())
        .certificatesEnding(Time.currentTimeMillis() + SOON.toMillis(), MOST_CERTIFICATES)
        .forEach(software -> check(audited, software, findings));
  }

  /** The realm's own ecosystem, such as a sandbox, may have another name than the profile's. */
  private Finding unnamed(String wanted) {
    Where where = Where.realm(RealmFields.ECOSYSTEM);
    return new Finding(
        Severity.WARNING,
        id(),
        null,
        where,
        "the realm does not name the ecosystem of the profile: " + wanted,
        Finding.APPLY,
        List.of(
            new Change(where, null, JsonSerialization.mapper.getNodeFactory().textNode(wanted))));
  }

  /** What the profile names must be in the realm. */
  private void checkRealm(RealmModel realm, EcosystemProfile profile, Consumer<Finding> findings) {
    Set<String> known =
        realm.getClientScopesStream().map(ClientScopeModel::getName).collect(Collectors.toSet());
    known.add(OAuth2Constants.SCOPE_OPENID);
    String missing =
        profile.roles().values().stream()
            .flatMap(rights -> rights.scopes().stream())
            .filter(scope -> !known.contains(scope))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      findings.accept(
          finding(
              Severity.WARNING,
              Where.realm("/clientScopes"),
              "roles of the ecosystem give scopes that the realm does not have: " + missing,
              "create these client scopes, or take them out of the profile"));
    }
    if (profile.registration().request() != null
        && profile.registration().request().audience().contains("organisation_id")
        && realm.getAttribute(EcosystemProfiles.ORGANISATION) == null) {
      findings.accept(
          finding(
              Severity.WARNING,
              Where.realm("/attributes/" + EcosystemProfiles.ORGANISATION),
              "the realm does not say which id the server's own organisation has in the directory",
              "set it; registration requests name it as their audience"));
    }
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
    if (client == null || software.certificate() == null) {
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
