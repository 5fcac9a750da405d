package io.github.fapipack.audit;

import io.github.fapipack.bridge.KnownConsents;
import io.github.fapipack.bridge.ServiceSettings;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;

/** Checks that the consents of an ecosystem can be found, and asked about at the bank. */
final class BankConsents implements Check {

  private static final long DAY = Duration.ofDays(1).toSeconds();

  @Override
  public String id() {
    return "fapi-bank-consent";
  }

  @Override
  public String help() {
    return "If the ecosystem has consents that the bank holds, the realm names the bank's consent"
        + " service.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    checkUntold(audited, findings);
    Optional<ConsentRules> rules =
        EcosystemProfiles.of(audited.realm()).inUse().map(EcosystemProfile::consent);
    if (rules.isEmpty()) {
      return;
    }
    Where where = Where.realm("/attributes/" + ServiceSettings.ADDRESS);
    Optional<ServiceSettings> service = ServiceSettings.of(audited.realm());
    if (service.isEmpty()) {
      findings.accept(
          finding(
              Severity.ERROR,
              where,
              "no consent service is configured; requests with a consent are refused",
              "set it to the https address of the bank's consent service"));
    }
    service
        .flatMap(ServiceSettings::fault)
        .ifPresent(
            fault ->
                findings.accept(
                    finding(
                        Severity.ERROR,
                        where,
                        "the consent service cannot be used: " + fault,
                        "correct it; until then requests with a consent are refused")));
    checkTypes(audited, rules.get(), findings);
  }

  /** What the service does not learn within a day, it may not learn without help. */
  private void checkUntold(RealmUnderAudit audited, Consumer<Finding> findings) {
    KnownConsents.of(audited.session())
        .untold(audited.realm())
        .filter(untold -> untold.since() < Time.currentTimeSeconds() - DAY)
        .ifPresent(
            untold ->
                findings.accept(
                    finding(
                        Severity.WARNING,
                        Where.realm("/attributes/" + ServiceSettings.ADDRESS),
                        "the consent service does not know that "
                            + untold.count()
                            + " consents have ended here, the first of them more than a day ago",
                        "find the reason in the server's log; the service is told until it"
                            + " knows")));
  }

  private void checkTypes(RealmUnderAudit audited, ConsentRules rules, Consumer<Finding> findings) {
    if (rules.reference().details() == null) {
      return;
    }
    AuthorizationDetailsTypes types = AuthorizationDetailsTypes.of(audited.realm());
    String missing =
        rules.reference().details().types().stream()
            .filter(type -> types.find(type).isEmpty())
            .sorted()
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      findings.accept(
          finding(
              Severity.WARNING,
              Where.realm("/attributes/" + AuthorizationDetailsTypes.LIST),
              "the ecosystem has types of authorization details that the realm does not know: "
                  + missing,
              "take them from the realm file of the ecosystem"));
    }
  }

  private Finding finding(Severity severity, Where where, String problem, String remedy) {
    return new Finding(severity, id(), null, where, problem, remedy, List.of());
  }
}
