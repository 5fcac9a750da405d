package io.github.fapipack.adminpage;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * The languages of the page: those for which the theme has texts, whatever languages the realm
 * offers its users. Keycloak caches its texts for each requested locale, so requests may only name
 * known ones.
 *
 * @param all English first
 */
record PageLanguage(List<Locale> all) {

  static PageLanguage of(Theme theme) throws IOException {
    return new PageLanguage(
        Stream.of(theme.getProperties().getProperty("fapiLanguages", "en").split(","))
            .map(tag -> Locale.forLanguageTag(tag.trim()))
            .toList());
  }

  /**
   * The language to show: the one that the user chose at login, otherwise the browser's first known
   * one, otherwise the realm's.
   */
  Locale asked(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    String chosen = session.getProvider(CookieProvider.class).get(CookieType.LOCALE);
    String realms = realm.isInternationalizationEnabled() ? realm.getDefaultLocale() : null;
    return Stream.of(
            Stream.ofNullable(chosen),
            session.getContext().getRequestHeaders().getAcceptableLanguages().stream()
                .map(Locale::toLanguageTag),
            Stream.ofNullable(realms))
        .flatMap(tags -> tags)
        .map(tag -> known(tag).orElse(null))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(Locale.ENGLISH);
  }

  /** The language of a tag, with or without a region. */
  Optional<Locale> known(String tag) {
    String language = Locale.forLanguageTag(tag).getLanguage();
    return all.stream().filter(locale -> locale.getLanguage().equals(language)).findFirst();
  }

  /** The writing direction, as HTML names it. */
  static String direction(Locale locale) {
    return locale.getLanguage().equals("ar") ? "rtl" : "ltr";
  }
}
