package io.github.fapipack.it.testing;

/** How a client was created; a rule applies to all of them. */
public enum ClientOrigin {
  /** Created while no policy was on, with typical settings of old clients. */
  BEFORE_POLICY,
  /** Created through the admin API while the policy was on. */
  AFTER_POLICY,
  /** Created by a partial import, for which Keycloak asks no policy. */
  IMPORTED
}
