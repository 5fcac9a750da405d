package io.github.fapipack.rule;

/** The generations of FAPI for which a rule may be used, by the prefix of their clause ids. */
public enum Specification {
  /** FAPI 2.0. */
  FAPI2,
  /** FAPI 1.0. */
  FAPI1
}
