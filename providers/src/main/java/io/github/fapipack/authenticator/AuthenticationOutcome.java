package io.github.fapipack.authenticator;

import org.keycloak.models.KeycloakSession;

/** Remembers for the rest of a request whether its client has authenticated, and why not. */
public final class AuthenticationOutcome {

  private static final String FAILED = AuthenticationOutcome.class.getName();

  private static final String WHY = FAILED + ".why";

  private AuthenticationOutcome() {}

  static void failedUnlessToldOtherwise(KeycloakSession session) {
    session.setAttribute(FAILED, Boolean.TRUE);
  }

  static void succeeded(KeycloakSession session) {
    session.removeAttribute(FAILED);
  }

  /** What Keycloak says of the failure, which may be more than the client is told. */
  static void explain(KeycloakSession session, String sentence) {
    session.setAttribute(WHY, sentence);
  }

  /** Why the client has not authenticated, in Keycloak's words; null where it has none. */
  public static String why(KeycloakSession session) {
    return session.getAttribute(WHY, String.class);
  }

  /** Whether a client had to authenticate and has not. */
  public static boolean hasFailed(KeycloakSession session) {
    return session.getAttribute(FAILED) != null;
  }
}
