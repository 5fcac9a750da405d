package io.github.fapipack.consent;

/**
 * Text that somebody else wrote, as it may be shown (RFC 9396 12-3): on one line, and with every
 * character that is invisible, or that would turn what follows around, made visible.
 */
public final class SafeText {

  /** Opens and closes a run of text that decides on its own direction (Unicode UAX 9). */
  private static final String ISOLATE = "\u2068";

  private static final String END_ISOLATE = "\u2069";

  /** Marks on one letter; more of them run into the lines above and below. */
  private static final int MAX_MARKS = 4;

  /** Letters and symbols without ink. */
  private static final String BLANKS = "\u115F\u1160\u2800\u3164\uFFA0";

  private SafeText() {}

  /** The text, for a place where nothing else stands. */
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

  /** At most so many characters of the text. */
  public static String of(String text, int max) {
    String shown = of(text);
    if (shown.codePointCount(0, shown.length()) <= max) {
      return shown;
    }
    return shown.substring(0, shown.offsetByCodePoints(0, max - 1)) + "…";
  }

  /** The text, for a place within a sentence of ours, which it can neither end nor turn around. */
  public static String within(String text) {
    return ISOLATE + of(text) + END_ISOLATE;
  }

  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isInvisible(int character) {
    // Joiners make emoji of several, and belong to the spelling of some languages.
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
