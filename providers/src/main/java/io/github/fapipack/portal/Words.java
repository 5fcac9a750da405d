package io.github.fapipack.portal;

import io.github.fapipack.consent.SafeText;
import io.github.fapipack.consent.Wording;
import io.github.fapipack.language.Language;
import io.github.fapipack.scheme.SchemeFault;
import io.github.fapipack.scheme.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The texts of the pages in the visitor's language.
 *
 * @param roles the scheme's roles with a text for people
 */
record Words(Wording wording, Map<String, String> roles) {

  /** What all keys begin with. */
  static final String PREFIX = "fapi.scheme.";

  /** Longer names are cut, so that a page stays readable. */
  private static final int LONGEST_NAME = 200;

  /** A text; what is put in cannot change the rest. */
  String of(String key, Object... values) {
    return wording.text(PREFIX + key, values);
  }

  String of(Standing standing) {
    return of("standing." + standing.jsonName());
  }

  /** The text for one of several values, or the value itself if there is none. */
  String label(String prefix, String value) {
    return wording.label(PREFIX + prefix, value);
  }

  /** A role, with its name in the scheme. */
  String role(String role) {
    String text = roles.get(role);
    return text == null || text.equals(role)
        ? SafeText.of(role)
        : SafeText.of(text) + " (" + SafeText.of(role) + ")";
  }

  String roles(Set<String> names) {
    return names.stream().sorted().map(this::role).collect(Collectors.joining(", "));
  }

  /** A country, by its name if the code is known. */
  String country(String code) {
    if (code == null) {
      return "";
    }
    try {
      Locale country = new Locale.Builder().setRegion(code).build();
      String name = country.getDisplayCountry(wording.locale());
      return name.isEmpty() || name.equals(code) ? SafeText.of(code) : name + " (" + code + ")";
    } catch (IllformedLocaleException unknown) {
      return SafeText.of(code);
    }
  }

  /** A moment to the minute, in UTC. */
  String moment(Instant at) {
    return wording.date(at.truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC).toString());
  }

  /** The date of a moment, in UTC. */
  String day(Instant at) {
    return wording.date(at.atOffset(ZoneOffset.UTC).toLocalDate().toString());
  }

  /** A sentence of the pack in the visitor's language; empty if there is no translation. */
  Optional<String> translated(String sentence) {
    return Language.of(wording.locale()).of(sentence).map(Words::capitalized);
  }

  /** The sentence of a fault: in the visitor's language, or else in English. */
  String fault(RuntimeException fault) {
    return sentence(fault.getMessage() == null ? "" : fault.getMessage());
  }

  /**
   * The same about a field, by the name that people know.
   *
   * @param label null if the page has no such field
   */
  String fault(SchemeFault fault, String label) {
    String name = fault.field() + " ";
    return label != null && fault.getMessage().startsWith(name)
        ? sentence(label + " " + fault.getMessage().substring(name.length()))
        : fault(fault);
  }

  private String sentence(String sentence) {
    return SafeText.of(translated(sentence).orElseGet(() -> capitalized(sentence)));
  }

  private static String capitalized(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /** A name from somebody else. */
  static String name(String name) {
    return name == null ? "" : SafeText.of(name, LONGEST_NAME);
  }
}
