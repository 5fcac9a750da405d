package io.github.fapipack.httpsig.structured;

/**
 * The syntax of keys (RFC 8941 3.1.2), without regular expressions because it is checked very
 * often.
 */
public final class Keys {
  private static final String SIGNS = "_-.*";

  private Keys() {}

  static boolean canBegin(char c) {
    return isLower(c) || c == '*';
  }

  static boolean canGoOn(char c) {
    return isLower(c) || isDigit(c) || SIGNS.indexOf(c) >= 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  /**
   * Checks a key.
   *
   * @throws IllegalArgumentException says what a key looks like
   */
  public static void require(String key) {
    boolean good = !key.isEmpty() && canBegin(key.charAt(0));
    for (int i = 1; good && i < key.length(); i++) {
      good = canGoOn(key.charAt(i));
    }
    if (!good) {
      throw new IllegalArgumentException("a key is lower case and begins with a letter or *");
    }
  }
}
