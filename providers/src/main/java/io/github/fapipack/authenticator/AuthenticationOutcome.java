package io.github.fapipack.authenticator;

import io.github.fapipack.rule.RequestKey;
import org.keycloak.models.KeycloakSession;

/** Remembers for the rest of a request whether its client has authenticated, and if not, why. */
public final class AuthenticationOutcome {

  private static final RequestKey<Boolean> FAILED = new RequestKey<>();

  private static final RequestKey<String> WHY = new RequestKey<>();

  private AuthenticationOutcome() {}

  static void failedUnlessToldOtherwise(KeycloakSession session) {
    FAILED.set(session, true);
  }

  static void succeeded(KeycloakSession session) {
    FAILED.remove(session);
  }

  /** Keycloak's own text for the failure, which may say more than the client is told. */
  static void explain(KeycloakSession session, String sentence) {
    WHY.set(session, sentence);
  }

  /** Why the client has not authenticated, in Keycloak's words; null if there are none. */
  public static String why(KeycloakSession session) {
    return WHY.in(session).orElse(null);
  }

  /** Whether a client had to authenticate and did not. */
  public static boolean hasFailed(KeycloakSession session) {
    return FAILED.isIn(session);
  }
}
