package io.github.fapipack.audit;

import io.github.fapipack.audit.PolicyState.Hold;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.ProfileFile.RuleUse;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks that every rule of the profile is enforced for every client, by one policy or by several.
 */
final class PolicyCoverage implements Check {

  private static final String CLAUSE = "FAPI2-SP 5.1.2-p3";

  @Override
  public String id() {
    return "fapi-policies";
  }

  @Override
  public String help() {
    return "An enabled policy that covers every client enforces each rule of the profile, with"
        + " settings no weaker than the profile's.";
  }

  @Override
  public void check(RealmUnderAudit realm, Consumer<Finding> findings) {
    PolicyState state = PolicyState.of(realm);
    List<Change> additions = state.additions();
    if (!state.isApplied()) {
      findings.accept(
          finding(
              Severity.ERROR,
              CLAUSE,
              Where.of(Where.Kind.policy, null),
              state.isEmpty()
                  ? "no enabled policy covers every client with the rules of this profile"
                  : missing(realm.profile(), state),
              additions));
      return;
    }
    for (RuleUse use : realm.profile().rules()) {
      String clause = use.rule(realm.session()).map(use::clause).orElse(CLAUSE);
      Where where = Where.of(Where.Kind.profile, use.id());
      switch (state.hold(use)) {
        case MISSING ->
            findings.accept(
                finding(
                    Severity.ERROR,
                    clause,
                    where,
                    "the rule " + use.id() + " does not hold for every client",
                    additions));
        case WEAKER ->
            findings.accept(
                finding(
                    Severity.WARNING,
                    clause,
                    where,
                    "the rule " + use.id() + " has a setting that is weaker than the profile's",
                    additions));
        case REPORTED ->
            findings.accept(
                finding(
                    Severity.WARNING,
                    clause,
                    where,
                    "the rule " + use.id() + " only reports what it would refuse",
                    additions));
        case ENFORCED -> {
          // as required
        }
      }
    }
  }

  /** In a realm with another profile, many missing rules are reported as one finding. */
  private static String missing(ProfileFile profile, PolicyState state) {
    List<String> missing =
        profile.rules().stream()
            .filter(use -> state.hold(use) == Hold.MISSING)
            .map(RuleUse::id)
            .toList();
    return "this profile is not applied, and of its "
        + profile.rules().size()
        + " rules "
        + missing.size()
        + " do not hold for every client: "
        + String.join(", ", missing);
  }

  private Finding finding(
      Severity severity, String clause, Where where, String problem, List<Change> additions) {
    return new Finding(
        severity,
        id(),
        clause,
        where,
        problem,
        "apply the profile, which adds its own beside yours",
        additions);
  }
}
