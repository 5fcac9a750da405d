package io.github.fapipack.protocol;

import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.RestartLoginCookie;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * The cookie from which Keycloak begins a login again whose authentication session has expired.
 * Keycloak encrypts one for each request, although a user who is logged in mostly gets the response
 * at once, and with it the end of the cookie. This one is encrypted when the login goes on.
 */
final class RestartCookie {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ClientModel client;
  private final String root;
  private final String tab;
  private final RestartLoginCookie content;

  private RestartCookie(KeycloakSession session, AuthenticationSessionModel authentication) {
    this.session = session;
    this.realm = authentication.getRealm();
    this.client = authentication.getClient();
    this.root = authentication.getParentSession().getId();
    this.tab = authentication.getTabId();
    this.content = new RestartLoginCookie(authentication);
  }

  /** Notes the request as it is now. */
  static RestartCookie of(KeycloakSession session, AuthenticationSessionModel authentication) {
    return new RestartCookie(session, authentication);
  }

  /** Takes a step of the login, and sets the cookie unless the login has ended with it. */
  Response after(Supplier<Response> step) {
    Response response;
    try {
      response = step.get();
    } catch (RuntimeException e) {
      setDespite(e);
      throw e;
    }
    setIfNeeded();
    return response;
  }

  /** What went wrong first is what the user and the log are told. */
  private void setDespite(RuntimeException first) {
    try {
      setIfNeeded();
    } catch (RuntimeException e) {
      first.addSuppressed(e);
    }
  }

  private void setIfNeeded() {
    RootAuthenticationSessionModel login =
        session.authenticationSessions().getRootAuthenticationSession(realm, root);
    if (login != null && login.getAuthenticationSession(client, tab) != null) {
      session
          .getProvider(CookieProvider.class)
          .set(CookieType.AUTH_RESTART, RestartLoginCookie.encodeAndEncrypt(session, content));
    }
  }
}
