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
 * What our pages have in common: the realm's login theme, the user's language, and headers. In a
 * theme with a layout of ours there is no script at all, so that none is allowed.
 */
public final class PageFrame {

  /** The property of a theme that names the layout for our pages. */
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

  /** The frame of a page for a user, or for nobody in particular. */
  public static PageFrame of(KeycloakSession session, UserModel user) throws IOException {
    Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
    Locale locale = session.getContext().resolveLocale(user);
    return new PageFrame(
        session,
        theme,
        new Wording(theme.getEnhancedMessages(session.getContext().getRealm(), locale), locale));
  }

  /** Where pictures may come from beside this server. */
  private String origins(URI image) {
    return Stream.concat(Stream.ofNullable(image), new Brand(session).foreignLogo().stream())
        .map(address -> " " + UriUtils.getOrigin(address))
        .distinct()
        .collect(Collectors.joining());
  }

  /** Whether a theme has a layout of ours. */
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
   * Makes the page.
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
    // No form-action: browsers hold it against the redirect to the client as well.
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
