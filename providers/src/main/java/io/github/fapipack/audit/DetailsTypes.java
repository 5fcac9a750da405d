package io.github.fapipack.audit;

import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import java.util.List;
import java.util.function.Consumer;

/** Finds types of authorization details that cannot be used, so that requests fail. */
final class DetailsTypes implements Check {

  @Override
  public String id() {
    return "fapi-authorization-details-types";
  }

  @Override
  public String help() {
    return "Every type of authorization details in the realm's attributes, or in the server's"
        + " folder, can be used.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    AuthorizationDetailsTypes.of(audited.realm())
        .findings()
        .forEach(
            problem ->
                findings.accept(
                    new Finding(
                        Severity.WARNING,
                        id(),
                        "RFC9396 2.1-1",
                        Where.realm("/attributes"),
                        "a type of authorization details cannot be used: " + problem,
                        "correct or remove it; until then the realm refuses requests with it",
                        List.of())));
  }
}
