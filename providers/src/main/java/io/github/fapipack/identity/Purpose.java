package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.PurposeRules;
import io.github.fapipack.rule.Refusal;
import java.util.regex.Pattern;

/** The request parameter {@code purpose}: why a client wants the user's data, in its own words. */
final class Purpose {

  /** The parameter. */
  static final String PARAMETER = "purpose";

  /** Control characters, and those that change the writing direction or are half a character. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\u200E\\u200F\\u061C\\u2028-\\u202E\\u2066-\\u206F\\uFEFF\\p{Cs}]");

  private Purpose() {}

  /**
   * Checks a purpose. White space at its ends does not count.
   *
   * @throws Refusal {@code invalid_request}
   */
  static void check(PurposeRules rules, String purpose) throws Refusal {
    String text = purpose.strip();
    int length = text.codePointCount(0, text.length());
    if (length < rules.min() || purpose.codePointCount(0, purpose.length()) > rules.max()) {
      throw Refusal.invalidRequest(
          "purpose must have from %d to %d characters".formatted(rules.min(), rules.max()));
    }
    if (CONTROLS.matcher(purpose).find()
        || rules.forbidden().codePoints().anyMatch(sign -> purpose.indexOf(sign) >= 0)) {
      throw Refusal.invalidRequest(
          "purpose must not contain control characters"
              + (rules.forbidden().isEmpty() ? "" : ", nor any of " + rules.forbidden()));
    }
  }
}
