package io.github.fapipack.report;

import io.github.fapipack.audit.PolicyState;
import io.github.fapipack.audit.RealmUnderAudit;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.jose.AllowedAlgorithms;
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

/** The state of a realm: which profile it has, and whether that is enforced or only reports. */
public record Standing(KeycloakSession session, RealmModel realm) {

  /** By their names in the API. */
  public enum State {
    /** No rule applies, regardless of the realm's mode. */
    notApplied,
    /** Would-be refusals are recorded, and the requests pass. */
    report,
    /** Requests that break rules are refused. */
    enforced
  }

  /** The state of the realm's rules as a whole, regardless of their profile. */
  public State state() {
    RealmRules rules = RealmRules.of(session, realm);
    if (rules.isEmpty()) {
      return State.notApplied;
    }
    return rules.enforcesAny() ? State.enforced : State.report;
  }

  /** The state of one profile. */
  public State state(ProfileFile profile) {
    if (profile.ecosystem().isPresent() && !EcosystemProfiles.of(realm).isNamed()) {
      return State.notApplied;
    }
    PolicyState policies = PolicyState.of(new RealmUnderAudit(session, realm, profile));
    if (!policies.isApplied()) {
      return State.notApplied;
    }
    return Rollout.of(realm).mode() == Mode.REPORT || policies.onlyReports()
        ? State.report
        : State.enforced;
  }

  /** The applied profile; of several that of the realm's ecosystem, and then the strictest. */
  Optional<ProfileFile> own() {
    String ecosystem = EcosystemProfiles.of(realm).id();
    return ProfileFiles.of(realm).values().stream()
        .filter(profile -> state(profile) != State.notApplied)
        .max(
            Comparator.comparing(
                    (ProfileFile profile) ->
                        profile.ecosystem().filter(id -> id.equals(ecosystem)).isPresent())
                .thenComparingInt(profile -> profile.rules().size()));
  }

  /** The realm's applied profile, or otherwise the recommended one. */
  public ProfileFile chosen() {
    return own().orElseGet(() -> ProfileFiles.recommended(realm));
  }

  /**
   * What the realm lacks, so that every client would fail if its rules were enforced: one sentence;
   * empty if nothing is missing.
   */
  public Optional<String> blocked() {
    return RealmRules.of(session, realm)
        .settingsInAnyMode(session, RestrictTokenAlgorithms.class)
        .filter(settings -> !canSign(settings))
        .map(
            settings ->
                "the realm has no active key for any of "
                    + String.join(", ", settings.algorithms())
                    + ", so that each request of a client for which the rules are enforced would"
                    + " fail; apply the profile again, in either mode, which adds the keys");
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
