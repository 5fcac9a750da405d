package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.Rollout;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.models.RealmModel;

/** Checks that the realm enforces its rules instead of only reporting. */
final class RolloutState implements Check {

  @Override
  public String id() {
    return "fapi-rollout";
  }

  @Override
  public String help() {
    return "The realm enforces the rules for all its clients, and does not only report.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    RealmModel realm = audited.realm();
    Rollout rollout = Rollout.of(realm);
    if (rollout.mode() == Mode.REPORT) {
      findings.accept(
          finding(
              realm,
              "the realm only reports what its rules would refuse, except for "
                  + rollout.enforcedClients()
                  + " clients",
              "apply the profile, or enforce it client by client, once the clients are clean"));
    } else if (!Rollout.isReadable(realm)) {
      findings.accept(
          finding(
              realm,
              "the realm attribute "
                  + Rollout.ATTRIBUTE
                  + " cannot be read, so the rules are enforced for every client",
              "apply the profile, which removes it, or switch the realm to report"));
    }
  }

  private Finding finding(RealmModel realm, String sentence, String remedy) {
    return new Finding(
        Severity.ERROR,
        id(),
        "FAPI2-SP 5.1.2-p3",
        Where.realm(RealmFields.ROLLOUT),
        sentence,
        remedy,
        List.of(
            new Change(
                Where.realm(RealmFields.ROLLOUT),
                TextNode.valueOf(realm.getAttribute(Rollout.ATTRIBUTE)),
                null)));
  }
}
