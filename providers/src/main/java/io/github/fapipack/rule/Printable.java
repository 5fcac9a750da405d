package io.github.fapipack.rule;

/**
 * Escapes control and formatting characters in text from outside, so that it cannot forge a log
 * line or change the writing direction.
 */
public final class Printable {

  private Printable() {}

  /**
   * The text with its control characters escaped.
   *
   * @param longest how many characters are kept
   * @return null for null
   */
  public static String of(String text, int longest) {
    if (text == null) {
      return null;
    }
    StringBuilder printable = new StringBuilder(Math.min(text.length(), longest));
    text.codePoints()
        .takeWhile(character -> printable.length() < longest)
        .forEach(
            character -> {
              if (isHarmless(character)) {
                printable.appendCodePoint(character);
              } else {
                printable.append(String.format("\\u%04x", character));
              }
            });
    return printable.length() > longest ? printable.substring(0, longest) : printable.toString();
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
