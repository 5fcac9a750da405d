package io.github.fapipack.report;

import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.audit.PolicyState;
import io.github.fapipack.audit.RealmUnderAudit;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.ProfileFiles;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Rollout;
import io.github.fapipack.token.RestrictTokenAlgorithms;
import java.util.Comparator;
import java.util.Optional;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Where a realm stands: which profile is its own, and whether that is held or only watched. */
public record Standing(KeycloakSession session, RealmModel realm) {

  /** By the names that the API uses. */
  public enum State {
    /** No rule holds, whatever the realm's mode is. */
    notApplied,
    /** What rules would refuse is recorded, and passes. */
    report,
    /** What rules refuse is refused. */
    enforced
  }

  /** That of the realm's rules as a whole, whichever profile they are of. */
  public State state() {
    RealmRules rules = RealmRules.of(session, realm);
    if (rules.isEmpty()) {
      return State.notApplied;
    }
    return rules.enforcesAny() ? State.enforced : State.report;
  }

  /** That of one profile. */
  public State state(ProfileFile profile) {
    PolicyState policies = PolicyState.of(new RealmUnderAudit(session, realm, profile));
    if (!policies.isApplied()) {
      return State.notApplied;
    }
    return Rollout.of(realm).mode() == Mode.REPORT || policies.onlyReports()
        ? State.report
        : State.enforced;
  }

  /** The profile that is applied; of several the one that asks for most. */
  Optional<ProfileFile> own() {
    return ProfileFiles.all().values().stream()
        .filter(profile -> state(profile) != State.notApplied)
        .max(Comparator.comparingInt(profile -> profile.rules().size()));
  }

  /** The realm's own profile, or the one that is recommended to it. */
  public ProfileFile chosen() {
    return own().orElseGet(() -> ProfileFiles.all().get(ProfileFiles.DEFAULT));
  }

  /**
   * What the realm lacks so that no client could be held to its rules without failing, however
   * ready it is: one sentence, or none.
   */
  public Optional<String> blocked() {
    return RealmRules.of(session, realm)
        .settingsInAnyMode(session, RestrictTokenAlgorithms.class)
        .filter(settings -> !canSign(settings))
        .map(
            settings ->
                "the realm has no active key for any of "
                    + String.join(", ", settings.algorithms())
                    + ", so that each request of a client that is held to the rules would fail;"
                    + " apply the profile once more, also to report only, which adds the keys");
  }

  private boolean canSign(AllowedAlgorithms settings) {
    return settings.hasForServer(realm.getDefaultSignatureAlgorithm())
        || session
            .keys()
            .getKeysStream(realm)
            .filter(key -> key.getStatus().isActive() && KeyUse.SIG.equals(key.getUse()))
            .anyMatch(key -> settings.hasForServer(key.getAlgorithm()));
  }
}
