package io.github.fapipack.it.testing;

/** How a client came into its realm; a rule holds for all of them. */
public enum ClientOrigin {
  /** Made while no policy was on, with the settings that old clients tend to have. */
  BEFORE_POLICY,
  /** Made through the admin API while the policy was on. */
  AFTER_POLICY,
  /** Brought in by a partial import, which Keycloak shows to no policy. */
  IMPORTED
}
