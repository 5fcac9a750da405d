package io.github.fapipack.consent;

import io.github.fapipack.approval.ConsentRequest;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Keeps other tabs of a browser alive in which the user is asked for something else. When one tab
 * is done, Keycloak lets the others expire after a minute, in which their scripts would log in
 * automatically. A consent page waits for its reader, and the answer would be dropped without
 * notice.
 */
public final class WaitingTabs {

  private WaitingTabs() {}

  /**
   * Restores the lifetime of the other tabs; to be called when an authorization is over.
   *
   * @param done the authentication session that is over
   */
  public static void keep(KeycloakSession session, AuthenticationSessionModel done) {
    RootAuthenticationSessionModel browser =
        session
            .authenticationSessions()
            .getRootAuthenticationSession(done.getRealm(), done.getParentSession().getId());
    if (browser != null
        && browser.getAuthenticationSessions().values().stream()
            .anyMatch(other -> isAsked(other, done.getAuthenticatedUser()))) {
      browser.setTimestamp(Time.currentTime());
    }
  }

  private static boolean isAsked(AuthenticationSessionModel other, UserModel user) {
    return user != null
        && other.getAuthenticatedUser() != null
        && other.getAuthenticatedUser().getId().equals(user.getId())
        && ConsentRequest.isIn(other);
  }
}
