package io.github.fapipack.consent;

/**
 * Text from others in a form that is safe to show (RFC 9396 12-3): on one line, with visible
 * replacements for invisible characters and for those that change the writing direction.
 */
public final class SafeText {

  /** Opens and closes a run of text with its own writing direction (Unicode UAX 9). */
  private static final String ISOLATE = "\u2068";

  private static final String END_ISOLATE = "\u2069";

  /** Combining marks per letter; more of them would overlap the lines above and below. */
  private static final int MAX_MARKS = 4;

  /** Letters and symbols that look like blanks. */
  private static final String BLANKS = "\u115F\u1160\u2800\u3164\uFFA0";

  private SafeText() {}

  /** The text, for a place of its own. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int marks = 0;
    for (int index = 0; index < text.length(); ) {
      int character = text.codePointAt(index);
      index += Character.charCount(character);
      boolean mark = isMark(character);
      marks = mark ? marks + 1 : 0;
      if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
        shown.append(' ');
      } else if (marks > MAX_MARKS || isInvisible(character)) {
        shown.append(String.format("‹U+%04X›", character));
      } else {
        shown.appendCodePoint(character);
      }
    }
    return shown.toString();
  }

  /** The first {@code max} characters of the text. */
  public static String of(String text, int max) {
    String shown = of(text);
    if (shown.codePointCount(0, shown.length()) <= max) {
      return shown;
    }
    return shown.substring(0, shown.offsetByCodePoints(0, max - 1)) + "…";
  }

  /** The text, for a place within a sentence, which it can neither end nor reverse. */
  public static String within(String text) {
    return ISOLATE + of(text) + END_ISOLATE;
  }

  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isInvisible(int character) {
    // Joiners combine several emoji, and belong to the spelling of some languages.
    if (character == 0x200C || character == 0x200D) {
      return false;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> BLANKS.indexOf(character) >= 0;
    };
  }
}
