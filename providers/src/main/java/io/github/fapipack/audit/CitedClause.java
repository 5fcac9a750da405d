package io.github.fapipack.audit;

import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.rule.Specification;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The clause that a finding cites. Checks name clauses of FAPI 2.0; for a profile of FAPI 1.0, a
 * finding cites the corresponding clause of FAPI 1.0, or none if there is no such clause.
 */
final class CitedClause {

  private static final String FAPI2 = "FAPI2-";

  /** The clauses of FAPI 1.0 that correspond to clauses of FAPI 2.0. */
  private static final Map<String, String> FAPI1 =
      Map.ofEntries(
          Map.entry("FAPI2-SP 5.2.1-1", "FAPI1-BASE 7.1-1"),
          Map.entry("FAPI2-SP 5.2.2-1", "FAPI1-ADV 8.5-1"),
          Map.entry("FAPI2-SP 5.3.2.1-1", "FAPI1-BASE 5.2.2-22"),
          Map.entry("FAPI2-SP 5.3.2.1-3", "FAPI1-ADV 5.2.2-16"),
          Map.entry("FAPI2-SP 5.3.2.1-6", "FAPI1-ADV 5.2.2-14"),
          Map.entry("FAPI2-SP 5.3.2.2-1", "FAPI1-ADV 5.2.2-2"),
          Map.entry("FAPI2-SP 5.3.2.2-2", "FAPI1-ADV 5.2.2-11"),
          Map.entry("FAPI2-SP 5.4.1-1.2", "FAPI1-ADV 8.6-1"),
          Map.entry("FAPI2-SP 5.4.1-2", "FAPI1-BASE 5.2.2-5"));

  private CitedClause() {}

  /** Adapts the clauses of findings to a profile. */
  static Consumer<Finding> in(ProfileFile profile, Consumer<Finding> findings) {
    return profile.specification() == Specification.FAPI1
        ? finding -> findings.accept(finding.citing(ofFapi1(finding.clause())))
        : findings;
  }

  private static String ofFapi1(String clause) {
    return clause != null && clause.startsWith(FAPI2) ? FAPI1.get(clause) : clause;
  }
}
