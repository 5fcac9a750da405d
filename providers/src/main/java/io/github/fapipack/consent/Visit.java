package io.github.fapipack.consent;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.UriUtils;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.locale.LocaleUpdaterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** A user at a page of ours, known by the cookie of Keycloak's session. */
final class Visit {

  /** Where Keycloak leaves the secret of the session's cookie, which a foreign page cannot know. */
  private static final String STATE_CHECKER = "state_checker";

  private final KeycloakSession session;
  private final AuthResult login;

  private Visit(KeycloakSession session, AuthResult login) {
    this.session = session;
    this.login = login;
  }

  /** The visit of a user who is logged in. */
  static Optional<Visit> of(KeycloakSession session) {
    AuthResult login =
        AuthenticationManager.authenticateIdentityCookie(
            session, session.getContext().getRealm(), true);
    if (login == null) {
      return Optional.empty();
    }
    String language =
        session
            .getContext()
            .getUri()
            .getQueryParameters()
            .getFirst(LocaleSelectorProvider.KC_LOCALE_PARAM);
    if (language != null && language.matches("[A-Za-z0-9-]{2,20}")) {
      session.getProvider(LocaleUpdaterProvider.class).updateLocaleCookie(language);
    }
    return Optional.of(new Visit(session, login));
  }

  /**
   * Sends somebody to the account console, which makes her log in and leads back here. The colon is
   * meant: the console only finds an entry with a module by its own name for all of these.
   */
  static Response logIn(KeycloakSession session) {
    return Response.seeOther(account(session).resolve("content/:componentId")).build();
  }

  private static URI account(KeycloakSession session) {
    return realm(session).resolve("account/");
  }

  private static URI realm(KeycloakSession session) {
    return session
        .getContext()
        .getUri()
        .getBaseUriBuilder()
        .path("realms/{realm}/")
        .build(session.getContext().getRealm().getName());
  }

  UserModel user() {
    return login.user();
  }

  UserSessionModel userSession() {
    return login.session();
  }

  /** The address of the list. */
  URI home() {
    return realm(session).resolve(GrantsPageFactory.ID);
  }

  /** What every page of the visit needs. */
  Map<String, Object> model() {
    Map<String, Object> model = new HashMap<>();
    model.put("home", home().toString());
    model.put("account", account(session).toString());
    model.put("user", SafeText.of(user().getUsername(), 80));
    return model;
  }

  String stateChecker() {
    return (String) session.getAttribute(STATE_CHECKER);
  }

  /** Whether a form came from a page of ours: by its secret, and by what the browser says. */
  boolean isOwn(String stateChecker) {
    String expected = stateChecker();
    if (stateChecker == null
        || expected == null
        || !MessageDigest.isEqual(
            stateChecker.getBytes(StandardCharsets.UTF_8),
            expected.getBytes(StandardCharsets.UTF_8))) {
      return false;
    }
    HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
    String origin = headers.getHeaderString("Origin");
    String site = headers.getHeaderString("Sec-Fetch-Site");
    // A page without referrer has no origin to tell either, but Sec-Fetch-Site.
    return (origin == null
            || origin.equals("null")
            || origin.equals(UriUtils.getOrigin(session.getContext().getUri().getBaseUri())))
        && (site == null || site.toLowerCase(Locale.ROOT).equals("same-origin"));
  }
}
