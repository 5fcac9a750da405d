package io.github.fapipack.bench;

/** How the realm is made that has Keycloak's built-in profile: {@code -Dbench.baseline}. */
enum Baseline {
  /** With nothing set but the profile and the algorithm, as an administrator finds a new realm. */
  FRESH,
  /** With all settings of the pack's realm, such as stored events, and without its rules. */
  SAME
}
