package io.github.fapipack.rule;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * The endpoint of a request. No other class determines it from the path.
 *
 * <p>Paths are compared in the same way as by Keycloak's router: segment by segment from the base
 * of the server, case-sensitive, and after percent-decoding. Matrix parameters ({@code ;a=b}) and
 * slashes at the end are ignored. An encoded slash in a segment counts as a slash here; the router
 * answers 404 to such a path.
 *
 * <p>Each constant lists its paths relative to {@code /realms/{realm}/}. A path that begins with
 * {@code admin/realms/} is relative to {@code /admin/realms/{realm}/}, and any other one that
 * begins with {@code admin/} is relative to {@code /admin/{realm}/}. A path that ends with {@code
 * /*} stands for everything below it, but not for itself. If several paths match, the longest one
 * counts.
 */
public enum Endpoint {
  /** RFC 6749 3.2. */
  TOKEN(Audience.CLIENT, Oidc.BASE + "token"),

  /** RFC 7662. */
  INTROSPECTION(Audience.CLIENT, Oidc.BASE + "token/introspect"),

  /** RFC 7009. */
  REVOCATION(Audience.CLIENT, Oidc.BASE + "revoke"),

  /** RFC 8628 3.1. */
  DEVICE_AUTHORIZATION(Audience.CLIENT, Oidc.BASE + "auth/device"),

  /** RFC 9126. */
  PUSHED_AUTHORIZATION(Audience.CLIENT, Oidc.BASE + "ext/par/request"),

  /** CIBA 7. */
  BACKCHANNEL_AUTHENTICATION(Audience.CLIENT, Oidc.BASE + "ext/ciba/auth"),

  /** An authentication device sends the user's answer here, with a token that Keycloak created. */
  BACKCHANNEL_ANSWER(Audience.CLIENT, Oidc.BASE + "ext/ciba/auth/callback"),

  /** All other paths of Keycloak's CIBA resource. */
  OTHER_BACKCHANNEL(Audience.CLIENT, Oidc.BASE + "ext/ciba/*"),

  /** An identity provider ends sessions here with a logout token. */
  BACKCHANNEL_LOGOUT(Audience.CLIENT, Oidc.BASE + "logout/backchannel-logout"),

  /** Registration in the format of RFC 7591. */
  OPENID_REGISTRATION(
      Audience.REGISTRATION,
      "clients-registrations/openid-connect",
      "clients-registrations/openid-connect/*",
      "clients-registrations/software-statement",
      "clients-registrations/software-statement/*"),

  /** Registration in Keycloak's own formats. */
  REGISTRATION(Audience.REGISTRATION, "clients-registrations/*"),

  /** The authorization endpoint, with its variants that start with another form. */
  AUTHORIZATION(
      Audience.AUTHORIZATION,
      Oidc.BASE + "auth",
      Oidc.BASE + "registrations",
      Oidc.BASE + "forgot-credentials"),

  /** RP-Initiated Logout 1.0. */
  LOGOUT(Audience.BROWSER, Oidc.BASE + "logout"),

  /** The page on which a user types the code that a device shows. */
  DEVICE_CODE(Audience.BROWSER, "device"),

  /** The target of links in e-mails. */
  ACTION_TOKEN(Audience.BROWSER, "login-actions/action-token"),

  /** The other pages of a login. */
  LOGIN(Audience.BROWSER, "login-actions/*"),

  /** All other pages for users. */
  PAGE(
      Audience.BROWSER,
      "broker/*",
      Oidc.BASE + "logout/*",
      Oidc.BASE + "oauth/*",
      "protocol/saml",
      "protocol/saml/*",
      "admin/console",
      "admin/console/*"),

  /** The pages of a scheme's directory. */
  SCHEME_PAGES(Audience.BROWSER, "fapi-scheme", "fapi-scheme/*"),

  /** Where a login for these pages ends. */
  SCHEME_LOGIN(Audience.BROWSER, "account/fapi-scheme", "account/fapi-scheme/*"),

  /** The key set of the realm (RFC 7517 5). */
  KEYS(Audience.PUBLIC, Oidc.BASE + "certs", Oidc.BASE + "certs/*"),

  /** Other public documents. */
  DOCUMENT(
      Audience.PUBLIC,
      "",
      ".well-known/*",
      "clients/*",
      "clients-managements/*",
      "directory/participants",
      "directory/keystore/*",
      "directory/ecosystem-profile",
      Oidc.BASE + "login-status-iframe.html",
      Oidc.BASE + "login-status-iframe.html/*",
      Oidc.BASE + "3p-cookies",
      Oidc.BASE + "3p-cookies/*"),

  /** Signed events of the bank's consent service, without a token (RFC 8935). */
  CONSENT_EVENTS(Audience.PUBLIC, "fapi-consents/events"),

  /** OpenID Connect Core 5.3. */
  USERINFO(Audience.USERINFO, Oidc.BASE + "userinfo"),

  /** Grant Management: query and revocation. */
  GRANTS(Audience.RESOURCE, "grants", "grants/*"),

  /** The admin REST API of the pack. */
  ADMIN_OF_PACK(Audience.RESOURCE, "admin/realms/fapi", "admin/realms/fapi/*"),

  /** Account and admin interfaces, and whatever other extensions add to a realm. */
  RESOURCE(Audience.RESOURCE),

  /** Everything outside the realms and their administration. */
  ELSEWHERE(Audience.ELSEWHERE);

  /** The callers of an endpoint; they determine the form of errors. */
  public enum Audience {
    /** Clients that authenticate, and other programs; errors are JSON (RFC 6749 5.2). */
    CLIENT,

    /** Client registration: JSON as well, but with a token in the header (RFC 7591, RFC 7592). */
    REGISTRATION,

    /** Browsers with a client's authorization request. */
    AUTHORIZATION,

    /** Users. */
    BROWSER,

    /** Everybody; no token is needed. */
    PUBLIC,

    /** Clients with an access token for userinfo. */
    USERINFO,

    /** Everybody with an access token. */
    RESOURCE,

    /** Callers to which no rule applies. */
    ELSEWHERE;

    /** Whether responses may contain tokens, codes, client data or personal data. */
    public boolean isConfidential() {
      return this == CLIENT || this == REGISTRATION || this == USERINFO;
    }

    /** Whether users' browsers are redirected there. */
    public boolean isInteractive() {
      return this == AUTHORIZATION || this == BROWSER;
    }
  }

  private static final class Oidc {
    static final String BASE = "protocol/openid-connect/";
  }

  /** The result of a look-up, with its path: filters before the router can change the path. */
  private record Found(String path, Endpoint endpoint) {}

  private static final String BELOW = "/*";
  private static final RequestKey<Found> FOUND = new RequestKey<>();
  private static final Map<String, Endpoint> PATHS = new HashMap<>();

  /** No listed path is longer. */
  private static final int LONGEST;

  static {
    for (Endpoint endpoint : values()) {
      for (String path : endpoint.paths) {
        PATHS.put(path, endpoint);
      }
    }
    LONGEST = PATHS.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  private final Audience audience;
  private final String[] paths;

  Endpoint(Audience audience, String... paths) {
    this.audience = audience;
    this.paths = paths;
  }

  /** The endpoint of the current request. */
  public static Endpoint of(KeycloakSession session) {
    return found(session, session.getContext().getUri().getPath());
  }

  /** The endpoint of a request, for which Keycloak may not have created its session yet. */
  public static Endpoint of(ContainerRequestContext request) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    String path = request.getUriInfo().getPath();
    return session == null || session.isClosed() ? of(path) : found(session, path);
  }

  /** Looked up once for each request, because every filter and many rules ask. */
  private static Endpoint found(KeycloakSession session, String path) {
    return FOUND
        .in(session)
        .filter(found -> found.path.equals(path))
        .map(Found::endpoint)
        .orElseGet(
            () -> {
              Endpoint endpoint = of(path);
              FOUND.set(session, new Found(path, endpoint));
              return endpoint;
            });
  }

  /**
   * The endpoint with a path.
   *
   * @param path decoded, relative to the server's base, with or without a slash at its beginning
   */
  public static Endpoint of(String path) {
    String[] names = names(path);
    if (names.length < 2 || names[1].isEmpty()) {
      return ELSEWHERE;
    }
    return switch (names[0]) {
      case "realms" -> PATHS.getOrDefault(key("", names, 2), RESOURCE);
      case "admin" ->
          names[1].equals("realms")
              ? PATHS.getOrDefault(key("admin/realms", names, 3), RESOURCE)
              : PATHS.getOrDefault(key("admin", names, 2), RESOURCE);
      default -> ELSEWHERE;
    };
  }

  /** The longest listed path that matches; null if none does. */
  private static String key(String base, String[] names, int first) {
    StringBuilder path = new StringBuilder(base);
    String below = null;
    for (int i = first; i < names.length; i++) {
      if (PATHS.containsKey(path + BELOW)) {
        below = path + BELOW;
      }
      if (path.length() > LONGEST) {
        return below;
      }
      path.append(i > first || !base.isEmpty() ? "/" : "").append(names[i]);
    }
    return PATHS.containsKey(path.toString()) ? path.toString() : below;
  }

  /** The segments without matrix parameters, and without empty segments at the end. */
  private static String[] names(String path) {
    String[] names = (path.startsWith("/") ? path.substring(1) : path).split("/");
    int length = names.length;
    for (int i = 0; i < names.length; i++) {
      int matrix = names[i].indexOf(';');
      names[i] = matrix < 0 ? names[i] : names[i].substring(0, matrix);
    }
    while (length > 0 && names[length - 1].isEmpty()) {
      length--;
    }
    return Arrays.copyOf(names, length);
  }

  /** The callers of the endpoint. */
  public Audience audience() {
    return audience;
  }

  /** Whether clients authenticate at the endpoint. */
  public boolean authenticatesClients() {
    return switch (this) {
      case TOKEN,
          INTROSPECTION,
          REVOCATION,
          DEVICE_AUTHORIZATION,
          PUSHED_AUTHORIZATION,
          BACKCHANNEL_AUTHENTICATION ->
          true;
      default -> false;
    };
  }

  /** Whether the endpoint accepts only forms as a body. */
  public boolean readsForms() {
    return authenticatesClients() || this == BACKCHANNEL_LOGOUT || this == DEVICE_CODE;
  }
}
