package io.github.fapipack.consent;

import io.github.fapipack.approval.ConsentRequest;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Other tabs of a browser in which the user is being asked for something else. Keycloak gives them
 * a minute once one tab is done, in which their scripts would log in by themselves; here somebody
 * reads, and her answer would be dropped in silence.
 */
public final class WaitingTabs {

  private WaitingTabs() {}

  /**
   * Gives them their time back, to be called once an authorization is over.
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
        && ConsentRequest.of(other).isPresent();
  }
}
