package io.github.fapipack.audit;

import io.github.fapipack.grantmanagement.GrantManagement;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * Finds out whether Grant Management was on and is off now: a tool that updates a realm without its
 * attributes removes them, and clients can then create no grants.
 */
final class GrantSwitch implements Check {

  @Override
  public String id() {
    return "fapi-grant-management";
  }

  @Override
  public String help() {
    return "Grant Management is on where the profile has it and the realm had it before.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    RealmModel realm = audited.realm();
    if (GrantManagement.of(realm).enabled()) {
      return;
    }
    boolean grants = audited.session().getProvider(Grants.class).any(realm);
    boolean wanted =
        Boolean.parseBoolean(audited.profile().json().at(RealmFields.GRANT_MANAGEMENT).asText());
    boolean lost = wanted && realm.getAttribute(GrantManagement.ENABLED) == null;
    if (grants || (lost && GrantManagement.isPrepared(realm))) {
      findings.accept(
          new Finding(
              grants ? Severity.WARNING : Severity.NOTE,
              id(),
              "GM 7.1-1",
              Where.realm(RealmFields.GRANT_MANAGEMENT),
              grants
                  ? "Grant Management is off, and the realm has grants: clients can query and"
                      + " revoke them, and neither create nor change any"
                  : "Grant Management is off, although the realm has its scopes",
              lost
                  ? Finding.APPLY + "; keep the attribute in what updates the realm"
                  : "set the attribute to true, or end the grants",
              lost ? List.of(switchedOn()) : List.of()));
    }
  }

  private static Change switchedOn() {
    return new Change(
        Where.realm(RealmFields.GRANT_MANAGEMENT),
        null,
        JsonSerialization.mapper.getNodeFactory().textNode("true"));
  }
}
