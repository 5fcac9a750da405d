package io.github.fapipack.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.regex.Pattern;

/** Kinds of endpoints, by their callers; they determine the form of errors. */
enum Place {
  /** Clients that authenticate; errors are JSON (RFC 6749 5.2). */
  MACHINE(
      "/realms/[^/]+/protocol/openid-connect/(token|token/introspect|revoke|auth/device"
          + "|ext/par/request|ext/ciba/.*|logout/backchannel-logout)"),

  /** Client registration: JSON as well, but with a token in the header (RFC 7591, RFC 7592). */
  REGISTRATION("/realms/[^/]+/clients-registrations/.*"),

  /** The authorization endpoint. */
  AUTHORIZATION("/realms/[^/]+/protocol/openid-connect/(auth|registrations|forgot-credentials)"),

  /** Pages for users. */
  BROWSER(
      "/realms/[^/]+/(login-actions|broker)/.*",
      "/realms/[^/]+/protocol/openid-connect/(logout|logout/.*|oauth/.*)",
      "/realms/[^/]+/protocol/saml.*",
      "/realms/[^/]+/device",
      "/admin/[^/]+/console.*"),

  /** Public documents. */
  PUBLIC(
      "/realms/[^/]+",
      "/realms/[^/]+/(\\.well-known|clients|clients-managements)/.*",
      "/realms/[^/]+/protocol/openid-connect/(certs|login-status-iframe.html|3p-cookies)(/.*)?"),

  /** Userinfo. */
  USERINFO("/realms/[^/]+/protocol/openid-connect/userinfo"),

  /** Account and admin interfaces, and whatever other extensions add to a realm. */
  RESOURCE("/realms/[^/]+/.*", "/admin/.*"),

  /** Everything outside the realms. */
  ELSEWHERE(".*");

  private static final String FOUND = Place.class.getName();

  private final List<Pattern> paths;

  Place(String... paths) {
    // A path is decoded, so it may contain a line break.
    this.paths =
        List.of(paths).stream().map(path -> Pattern.compile(path, Pattern.DOTALL)).toList();
  }

  /** The result of a look-up, with its path. */
  private record Found(String path, Place place) {}

  /** The kind of endpoint of a request; looked up once, because every filter asks. */
  static Place of(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (request.getProperty(FOUND) instanceof Found found && found.path.equals(path)) {
      return found.place;
    }
    Place place = of(path);
    request.setProperty(FOUND, new Found(path, place));
    return place;
  }

  /** The kind of endpoint at a path relative to the server's base. */
  static Place of(String path) {
    String rooted = withoutSlashesAtTheEnd(path.startsWith("/") ? path : "/" + path);
    for (Place place : values()) {
      if (place.paths.stream().anyMatch(pattern -> pattern.matcher(rooted).matches())) {
        return place;
      }
    }
    return ELSEWHERE;
  }

  /** Whether a path is that of the logout endpoint. */
  static boolean isLogout(String path) {
    return endsWith(path, "/protocol/openid-connect/logout");
  }

  /** Whether a path ends with this text; slashes after it are ignored. */
  static boolean endsWith(String path, String end) {
    return withoutSlashesAtTheEnd(path).endsWith(end);
  }

  /** Not with a regular expression, which is very slow for many slashes. */
  private static String withoutSlashesAtTheEnd(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** Whether responses may contain tokens, codes, client data or personal data. */
  boolean isConfidential() {
    return this == MACHINE || this == REGISTRATION || this == USERINFO;
  }

  /** Whether users' browsers are redirected there. */
  boolean isInteractive() {
    return this == AUTHORIZATION || this == BROWSER;
  }
}
