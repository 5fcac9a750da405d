package io.github.fapipack.audit;

import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.List;

/**
 * A difference between a realm and a profile.
 *
 * @param rule the rule or the check that reports it
 * @param clause the clause that requires it; null if it is only good practice
 * @param problem one sentence: what is wrong
 * @param remedy one sentence: what to do
 * @param changes what applying the profile would change to repair it; empty if a person must act
 */
public record Finding(
    Severity severity,
    String rule,
    String clause,
    Where where,
    String problem,
    String remedy,
    List<Change> changes) {

  /** The remedy of everything that can be repaired automatically. */
  static final String APPLY = "apply the profile, which changes it as shown";

  public Finding {
    changes = List.copyOf(changes);
  }

  /** A copy that cites another clause; null for none. */
  Finding citing(String other) {
    return new Finding(severity, rule, other, where, problem, remedy, changes);
  }

  /** Whether applying the profile repairs it. */
  public boolean repairable() {
    return !changes.isEmpty();
  }
}
