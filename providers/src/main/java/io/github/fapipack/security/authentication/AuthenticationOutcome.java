package io.github.fapipack.security.authentication;

import org.keycloak.models.KeycloakSession;

/** Remembers for the rest of a request whether its client has authenticated. */
final class AuthenticationOutcome {

  private static final String FAILED = AuthenticationOutcome.class.getName();

  private AuthenticationOutcome() {}

  static void failedUnlessToldOtherwise(KeycloakSession session) {
    session.setAttribute(FAILED, Boolean.TRUE);
  }

  static void succeeded(KeycloakSession session) {
    session.removeAttribute(FAILED);
  }

  /** Whether a client had to authenticate and has not. */
  static boolean hasFailed(KeycloakSession session) {
    return session.getAttribute(FAILED) != null;
  }
}
