package io.github.fapipack.rule;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of a path that says which endpoint was called: always one of a fixed number of texts,
 * without the realm name and without anything that the sender chose or that could identify a
 * person, a session or a grant.
 */
final class KnownPath {

  /** For every path that is not listed below. */
  static final String OTHER = "other";

  private static final String GRANTS = "grants";
  private static final String PROTOCOL = "protocol/openid-connect/";

  /** Endpoints of the protocol. */
  private static final Set<String> ENDPOINTS =
      Set.of(
          "auth",
          "auth/device",
          "token",
          "token/introspect",
          "userinfo",
          "revoke",
          "logout",
          "logout/backchannel-logout",
          "logout/logout-confirm",
          "certs",
          "registrations",
          "forgot-credentials",
          "ext/par/request",
          "ext/ciba/auth",
          "ext/ciba/auth/callback");

  /** Paths whose further segments are names or ids. */
  private static final List<String> FAMILIES =
      Stream.of(
              Stream.of(
                  GRANTS,
                  "account",
                  "device",
                  "directory",
                  "broker",
                  "fapi",
                  "fapi-scheme",
                  ".well-known"),
              Stream.of("default", "openid-connect", "saml2-entity-descriptor", "install")
                  .map("clients-registrations/"::concat),
              Stream.of(
                      "authenticate",
                      "required-action",
                      "consent",
                      "registration",
                      "reset-credentials",
                      "first-broker-login",
                      "post-broker-login",
                      "action-token",
                      "detached-info",
                      "restart")
                  .map("login-actions/"::concat),
              // The admin interface.
              Stream.of(
                  "users",
                  "clients",
                  "client-scopes",
                  "client-policies",
                  "clients-initial-access",
                  "client-registration-policy",
                  "groups",
                  "roles",
                  "roles-by-id",
                  "identity-provider",
                  "authentication",
                  "components",
                  "events",
                  "admin-events",
                  "attack-detection",
                  "keys",
                  "localization",
                  "organizations",
                  "sessions"))
          .flatMap(paths -> paths)
          .toList();

  private KnownPath() {}

  /**
   * The known part of a path.
   *
   * @param path relative to the server's base
   * @param realm replaces the realm's own path when nothing follows it
   */
  static String of(String path, String realm) {
    String within =
        path.replaceFirst("^/?(admin/)?realms/[^/]*/?", "")
            // Matrix parameters do not change the endpoint; removing them keeps the number of texts
            // fixed.
            .replaceAll(";[^/]*", "");
    if (within.isEmpty()) {
      return realm == null ? "" : realm;
    }
    if (within.startsWith(PROTOCOL)) {
      String endpoint = within.substring(PROTOCOL.length());
      return ENDPOINTS.contains(endpoint) ? endpoint : OTHER;
    }
    return FAMILIES.stream()
        .filter(family -> within.equals(family) || within.startsWith(family + "/"))
        .findFirst()
        .map(family -> family.equals(GRANTS) && !within.equals(GRANTS) ? GRANTS + "/{id}" : family)
        .orElse(OTHER);
  }
}
