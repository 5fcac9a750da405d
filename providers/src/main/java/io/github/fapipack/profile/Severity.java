package io.github.fapipack.profile;

import io.github.fapipack.rule.JsonName;

/** How serious a finding is, by the names of SARIF's levels. */
public enum Severity {
  /** Forbidden by the profile: requests are refused, or a rule is missing. */
  ERROR,
  /** Weaker than the profile, but corrected or limited at run time; or a future problem. */
  WARNING,
  /** Worth knowing. */
  NOTE;

  @Override
  public String toString() {
    return JsonName.of(this);
  }
}
