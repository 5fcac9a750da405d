package io.github.fapipack.audit;

import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.List;

/**
 * Something that is not as a profile wants it.
 *
 * @param rule the rule or the check that says so
 * @param clause the clause that asks for it; null where only good practice does
 * @param problem one sentence: what is wrong
 * @param remedy one sentence: what to do
 * @param changes what applying the profile would change to mend it; none if a person has to
 */
public record Finding(
    Severity severity,
    String rule,
    String clause,
    Where where,
    String problem,
    String remedy,
    List<Change> changes) {

  /** What is said of everything that we can mend. */
  static final String APPLY = "apply the profile, which changes it as shown";

  public Finding {
    changes = List.copyOf(changes);
  }

  /** The same for the sake of another clause; null for none. */
  Finding citing(String other) {
    return new Finding(severity, rule, other, where, problem, remedy, changes);
  }

  /** Whether applying the profile mends it. */
  public boolean repairable() {
    return !changes.isEmpty();
  }
}
