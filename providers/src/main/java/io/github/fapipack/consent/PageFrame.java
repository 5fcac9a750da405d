package io.github.fapipack.consent;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.common.util.UriUtils;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/**
 * The frame of all pages of the pack: the realm's login theme, the user's language, and headers. A
 * theme with the pack's layout contains no script, so scripts are forbidden there.
 */
public final class PageFrame {

  /** The theme property that names the layout for the pack's pages. */
  private static final String LAYOUT = "fapiLayout";

  private static final Map<String, String> FIXED_HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "X-Frame-Options", "DENY",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "X-Robots-Tag", "none",
          "Cross-Origin-Opener-Policy", "same-origin");

  private final KeycloakSession session;
  private final Theme theme;
  private final Wording wording;

  private PageFrame(KeycloakSession session, Theme theme, Wording wording) {
    this.session = session;
    this.theme = theme;
    this.wording = wording;
  }

  /** The frame of a page; without a user if {@code user} is null. */
  public static PageFrame of(KeycloakSession session, UserModel user) throws IOException {
    Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
    Locale locale = session.getContext().resolveLocale(user);
    return new PageFrame(
        session,
        theme,
        new Wording(theme.getEnhancedMessages(session.getContext().getRealm(), locale), locale));
  }

  /** The hosts from which images may be loaded besides this server. */
  private String origins(URI image) {
    return Stream.concat(Stream.ofNullable(image), new Brand(session).foreignLogo().stream())
        .map(address -> " " + UriUtils.getOrigin(address))
        .distinct()
        .collect(Collectors.joining());
  }

  /** Whether a theme has the pack's layout. */
  static boolean isOurs(Theme theme) {
    try {
      return theme.getProperties().getProperty(LAYOUT) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Wording wording() {
    return wording;
  }

  /**
   * Renders the page.
   *
   * @param image an address from which the page may load a picture, or null
   */
  public Response render(LoginFormsProvider form, String template, URI image) throws IOException {
    wording.functions().forEach(form::setAttribute);
    if (!isOurs(theme)) {
      return form.setResponseHeader("Cache-Control", "no-store").createForm(template);
    }
    session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
    FIXED_HEADERS.forEach(form::setResponseHeader);
    // No form-action: browsers would apply it to the redirect to the client as well.
    form.setResponseHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"
            + origins(image)
            + "; base-uri 'none'; frame-ancestors 'none'");
    BrowserSecurityHeaders transport = BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY;
    String value =
        session
            .getContext()
            .getRealm()
            .getBrowserSecurityHeaders()
            .getOrDefault(transport.getKey(), transport.getDefaultValue());
    if (value != null && !value.isEmpty()) {
      form.setResponseHeader(transport.getHeaderName(), value);
    }
    return form.createForm(template);
  }
}
