package io.github.fapipack.httpsig;

/** The syntax of methods and field names (RFC 9110 5.6.2). */
final class Tokens {
  private static final String SIGNS = "!#$%&'*+.^_`|~-";

  private Tokens() {}

  static boolean isToken(String text) {
    return matches(text, true);
  }

  static boolean isLowerCaseToken(String text) {
    return matches(text, false);
  }

  private static boolean matches(String text, boolean upperCase) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean good =
          (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || (upperCase && c >= 'A' && c <= 'Z')
              || SIGNS.indexOf(c) >= 0;
      if (!good) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
