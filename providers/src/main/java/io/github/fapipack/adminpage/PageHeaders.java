package io.github.fapipack.adminpage;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;
import java.util.Map;
import org.keycloak.common.util.UriUtils;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;

/** What browsers allow the page: its own scripts, and requests to its own server. */
final class PageHeaders {

  private static final Map<String, String> FIXED =
      Map.of(
          HttpHeaders.CACHE_CONTROL,
          "no-store",
          "X-Frame-Options",
          "DENY",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "X-Robots-Tag",
          "none",
          "Cross-Origin-Opener-Policy",
          "same-origin");

  private PageHeaders() {}

  /** Replaces Keycloak's headers, which a realm may have loosened for its login pages. */
  static void set(KeycloakSession session, ResponseBuilder answer, URI frontend, URI admin) {
    session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
    FIXED.forEach(answer::header);
    answer.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
            + " img-src 'self' data:; connect-src 'self' "
            + UriUtils.getOrigin(frontend)
            + " "
            + UriUtils.getOrigin(admin)
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'");
    BrowserSecurityHeaders transport = BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY;
    String value =
        session
            .getContext()
            .getRealm()
            .getBrowserSecurityHeaders()
            .getOrDefault(transport.getKey(), transport.getDefaultValue());
    if (value != null && !value.isEmpty()) {
      answer.header(transport.getHeaderName(), value);
    }
  }
}
