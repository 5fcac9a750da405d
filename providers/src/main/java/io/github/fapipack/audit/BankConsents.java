package io.github.fapipack.audit;

import io.github.fapipack.bridge.ServiceSettings;
import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Checks that the consents of an ecosystem can be found, and asked about at the bank. */
final class BankConsents implements Check {

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
