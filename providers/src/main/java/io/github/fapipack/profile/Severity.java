package io.github.fapipack.profile;

import java.util.Locale;

/** How bad a finding is, by the names that SARIF gives to levels. */
public enum Severity {
  /** Forbidden by the profile: refused, or not held at all. */
  ERROR,
  /** Weaker than the profile, but put right or capped at run time, or soon to go wrong. */
  WARNING,
  /** Worth knowing. */
  NOTE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
