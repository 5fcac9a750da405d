package io.github.fapipack.bench;

/** How the realm with Keycloak's built-in profile is configured: {@code -Dbench.baseline}. */
enum Baseline {
  /** Only the profile and the algorithm are set, as in a new realm. */
  FRESH,
  /** With all settings of the pack's realm, such as stored events, but without its rules. */
  SAME
}
