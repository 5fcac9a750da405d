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

/** The logged-in user who visits a page of the pack, identified by Keycloak's session cookie. */
public final class LoggedInUser {

  /**
   * The attribute in which Keycloak keeps the session cookie's secret, which other sites cannot
   * know.
   */
  private static final String STATE_CHECKER = "state_checker";

  private final KeycloakSession session;
  private final AuthResult login;

  private LoggedInUser(KeycloakSession session, AuthResult login) {
    this.session = session;
    this.login = login;
  }

  /** The logged-in user of the current request; empty if nobody is logged in. */
  public static Optional<LoggedInUser> of(KeycloakSession session) {
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
    return Optional.of(new LoggedInUser(session, login));
  }

  /**
   * Redirects to the account console, which asks for a login and leads back here. The colon is
   * intended: for entries with a module, the console uses that one name.
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

  public UserModel user() {
    return login.user();
  }

  public UserSessionModel userSession() {
    return login.session();
  }

  /** The address of the list of grants. */
  URI home() {
    return realm(session).resolve(GrantsPageFactory.ID);
  }

  /** The values that every page needs. */
  Map<String, Object> model() {
    Map<String, Object> model = new HashMap<>();
    model.put("home", home().toString());
    model.put("account", account(session).toString());
    model.put("user", SafeText.of(user().getUsername(), 80));
    return model;
  }

  /** The secret that a page's forms send back. */
  public String stateChecker() {
    return (String) session.getAttribute(STATE_CHECKER);
  }

  /**
   * Whether a form was sent from a page of the pack: checks the secret and the browser's headers.
   */
  public boolean isOwn(String stateChecker) {
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
    // With the policy no-referrer, browsers send the origin "null", but they still send
    // Sec-Fetch-Site.
    return (origin == null
            || origin.equals("null")
            || origin.equals(UriUtils.getOrigin(session.getContext().getUri().getBaseUri())))
        && (site == null || site.toLowerCase(Locale.ROOT).equals("same-origin"));
  }
}
