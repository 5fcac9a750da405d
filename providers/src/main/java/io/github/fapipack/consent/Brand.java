package io.github.fapipack.consent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.Theme;

/**
 * A realm's colours and logo on pages for users: attributes of the realm, or properties of its
 * login theme. Values that are not colours, have too little contrast, or refer to a foreign host
 * are ignored, so that no setting can add styles or markup.
 */
final class Brand {

  /** The realm attributes, and the theme properties with the same meaning. */
  enum Setting {
    COLOR("fapi.brand.color", "fapiBrandColor"),
    COLOR_DARK("fapi.brand.color-dark", "fapiBrandColorDark"),
    HEADER("fapi.brand.header", "fapiBrandHeader"),
    LOGO("fapi.brand.logo", "fapiBrandLogo");

    private final String attribute;
    private final String property;

    Setting(String attribute, String property) {
      this.attribute = attribute;
      this.property = property;
    }
  }

  private static final Logger LOGGER = Logger.getLogger(Brand.class);

  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Pattern PICTURE =
      Pattern.compile("([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.(svg|png|webp|jpg)");

  /** Characters that are safe between quotation marks in CSS. */
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9:/.~_?=&%+-]{1,500}");

  /** The background of links and the text on buttons (css/fapi-brand.css). */
  private static final String LIGHT = "#ffffff";

  private static final String DARK = "#18242c";

  /** WCAG 2.2, 1.4.3. */
  private static final double READABLE = 4.5;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final Theme theme;

  Brand(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    try {
      this.theme = session.theme().getTheme(Theme.Type.LOGIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether any colour or logo is set. */
  boolean isSet() {
    for (Setting setting : Setting.values()) {
      if (value(setting).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The style sheet; empty rules if no setting can be used. */
  String css() {
    Map<String, String> light = new LinkedHashMap<>();
    Map<String, String> dark = new LinkedHashMap<>();
    colour(Setting.COLOR, LIGHT).ifPresent(colour -> putBrand(light, colour));
    colour(Setting.COLOR_DARK, DARK).ifPresent(colour -> putBrand(dark, colour));
    colour(Setting.HEADER, null)
        .ifPresent(
            colour -> {
              light.put("header", colour);
              light.put("on-header", on(colour));
              dark.putAll(Map.of("header", colour, "on-header", on(colour)));
            });
    logo().ifPresent(logo -> light.put("logo", "url(\"" + logo + "\")"));
    return rule(light) + "@media (prefers-color-scheme: dark) {\n" + rule(dark) + "}\n";
  }

  /**
   * The address of a logo on another server, which the page's Content-Security-Policy must allow.
   */
  Optional<URI> foreignLogo() {
    return realm.getAttribute(Setting.LOGO.attribute) == null
        ? Optional.empty()
        : logo().map(URI::create);
  }

  private static void putBrand(Map<String, String> variables, String colour) {
    variables.put("brand", colour);
    variables.put("on-brand", on(colour));
    variables.put("focus", colour);
  }

  private static String rule(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> "  --fapi-" + variable.getKey() + ": " + variable.getValue() + ";\n")
        .collect(Collectors.joining("", ":root {\n", "}\n"));
  }

  private Optional<String> colour(Setting setting, String ground) {
    return value(setting)
        .filter(
            colour -> {
              boolean usable =
                  COLOUR.matcher(colour).matches()
                      && (ground == null || contrast(colour, ground) >= READABLE);
              return usable
                  || isRefused(
                      setting, "is not a colour (#rrggbb) with enough contrast on " + ground);
            })
        .map(colour -> colour.toLowerCase(Locale.ROOT));
  }

  /** A picture of the theme, or an https address of a host that the realm trusts. */
  private Optional<String> logo() {
    String attribute = realm.getAttribute(Setting.LOGO.attribute);
    if (attribute != null && !attribute.isBlank()) {
      return Optional.of(attribute.trim())
          .filter(
              address ->
                  isAllowed(address)
                      || isRefused(
                          Setting.LOGO,
                          "is not an https address of a host in " + LogoHosts.ATTRIBUTE));
    }
    return value(Setting.LOGO)
        .filter(path -> PICTURE.matcher(path).matches() || isRefused(Setting.LOGO, "is no path"))
        .map(
            path ->
                Urls.themeRoot(session.getContext().getUri().getBaseUri()).getPath()
                    + "/login/"
                    + theme.getName()
                    + "/"
                    + path)
        .filter(address -> ADDRESS.matcher(address).matches());
  }

  private boolean isAllowed(String address) {
    try {
      return ADDRESS.matcher(address).matches() && LogoHosts.of(session).allow(new URI(address));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private Optional<String> value(Setting setting) {
    String value = realm.getAttribute(setting.attribute);
    try {
      return Optional.ofNullable(
              value == null ? theme.getProperties().getProperty(setting.property) : value)
          .map(String::trim)
          .filter(text -> !text.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isRefused(Setting setting, String why) {
    LOGGER.warnf("%s of realm %s %s", setting.attribute, realm.getName(), why);
    return false;
  }

  /** Black or white, whichever has more contrast. */
  private static String on(String ground) {
    return contrast("#ffffff", ground) >= contrast("#000000", ground) ? "#ffffff" : "#000000";
  }

  /** The contrast ratio of two colours (WCAG 2.2). */
  static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(String colour) {
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
  }

  private static double channel(String colour, int from) {
    double value = Integer.parseInt(colour.substring(from, from + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
