package io.github.fapipack.scheme;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that people type, checked; a fault names the field. */
final class Checked {

  private static final int LONGEST_ADDRESS = 500;

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,63}");

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,29}");

  private Checked() {}

  /** A text on one line; null if it is blank and need not be there. */
  static String line(String field, String text, int longest, boolean required) {
    String value = text == null ? "" : text.strip();
    if (value.isEmpty()) {
      if (required) {
        throw Workplace.invalid(field, field + " is missing");
      }
      return null;
    }
    if (value.codePointCount(0, value.length()) > longest) {
      throw Workplace.invalid(field, field + " must have at most " + longest + " characters");
    }
    if (value.codePoints().anyMatch(Checked::isUnfit)) {
      throw Workplace.invalid(
          field, field + " must not contain line breaks or invisible characters");
    }
    return value;
  }

  private static boolean isUnfit(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  static String number(String field, String text) {
    String value = line(field, text, 64, true);
    if (!NUMBER.matcher(value).matches()) {
      throw Workplace.invalid(
          field, field + " must consist of Latin letters, digits, spaces and . / _ -");
    }
    return value;
  }

  static String version(String field, String text) {
    String value = line(field, text, 30, false);
    if (value != null && !VERSION.matcher(value).matches()) {
      throw Workplace.invalid(
          field, field + " must consist of Latin letters, digits, dots, hyphens and underscores");
    }
    return value;
  }

  static String country(String field, String text) {
    String value = line(field, text, 2, true).toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(value)) {
      throw Workplace.invalid(field, field + " must be the two letters of a country, such as BR");
    }
    return value;
  }

  /** An https address; null if it is blank and need not be there. */
  static String address(String field, String text, boolean required) {
    String value = line(field, text, LONGEST_ADDRESS, required);
    if (value == null) {
      return null;
    }
    try {
      URI address = new URI(value).parseServerAuthority();
      if ("https".equals(address.getScheme())
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null
          && value.indexOf('*') < 0
          && value.chars().allMatch(character -> character < 128)) {
        return value;
      }
    } catch (URISyntaxException e) {
      // refused below
    }
    throw Workplace.invalid(
        field,
        field + " must be an https address in ASCII with a host, without fragment, user and *");
  }

  static List<String> addresses(String field, Collection<String> texts, int most) {
    List<String> given =
        texts == null
            ? List.of()
            : texts.stream().filter(text -> text != null && !text.isBlank()).toList();
    if (given.isEmpty()) {
      throw Workplace.invalid(field, field + " is missing");
    }
    if (given.size() > most) {
      throw Workplace.invalid(field, field + " must have at most " + most + " entries");
    }
    return given.stream().map(text -> address(field, text, true)).distinct().toList();
  }

  /** One of some names. */
  static String choice(String field, String value, Collection<String> choices) {
    if (value == null || !choices.contains(value)) {
      throw Workplace.invalid(field, field + " must be one of " + String.join(", ", choices));
    }
    return value;
  }

  /** A reason, which whoever ends something must give. */
  static String reason(String text, boolean required) {
    return line("reason", text, 500, required);
  }

  /** A decision that is possible after the present standing. */
  static void step(Standing from, Standing to, Standing... possible) {
    if (from != to && !Arrays.asList(possible).contains(to)) {
      throw Workplace.conflict(
          "what is "
              + from.jsonName()
              + " cannot become "
              + to.jsonName()
              + "; look at it again and choose another decision");
    }
  }

  /** An id in the form that this directory gives; anything else is unknown. */
  static String id(String id) {
    if (!isId(id)) {
      throw Workplace.unknown();
    }
    return id;
  }

  static boolean isId(String text) {
    return text != null && text.matches("[0-9a-zA-Z-]{1,36}");
  }
}
