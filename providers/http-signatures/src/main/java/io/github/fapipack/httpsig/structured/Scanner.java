package io.github.fapipack.httpsig.structured;

/** Reads a field value character by character. */
final class Scanner {
  /** In characters; more than any server accepts in one header. */
  static final int LONGEST_FIELD = 65_536;

  private static final char NOTHING = '\0';

  private final String input;
  private int at;

  Scanner(String input) throws StructuredFieldException {
    this.input = input;
    if (input.length() > LONGEST_FIELD) {
      throw fail("the field has more than " + LONGEST_FIELD + " characters");
    }
  }

  boolean done() {
    return at == input.length();
  }

  /** The next character, or NUL at the end, which the grammar does not allow anywhere. */
  char peek() {
    return done() ? NOTHING : input.charAt(at);
  }

  char next() throws StructuredFieldException {
    if (done()) {
      throw fail("the field ends too early");
    }
    return input.charAt(at++);
  }

  boolean skip(char wanted) {
    boolean found = !done() && input.charAt(at) == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  void expect(char wanted, String otherwise) throws StructuredFieldException {
    if (!skip(wanted)) {
      throw fail(otherwise);
    }
  }

  void skipSpaces() {
    while (skip(' ')) {
      // Removes all.
    }
  }

  void skipWhitespace() {
    while (skip(' ') || skip('\t')) {
      // Removes all.
    }
  }

  /** The text up to the next {@code end}, which is skipped as well. */
  String until(char end, String otherwise) throws StructuredFieldException {
    int close = input.indexOf(end, at);
    if (close < 0) {
      throw fail(otherwise);
    }
    String found = input.substring(at, close);
    at = close + 1;
    return found;
  }

  /**
   * The text up to the next quote, which is skipped as well; null if the string contains escapes or
   * unusual characters.
   */
  String plainString() {
    for (int i = at; i < input.length(); i++) {
      char c = input.charAt(i);
      if (c == '"') {
        String found = input.substring(at, i);
        at = i + 1;
        return found;
      }
      if (c < ' ' || c > '~' || c == '\\') {
        return null;
      }
    }
    return null;
  }

  int position() {
    return at;
  }

  String since(int start) {
    return input.substring(start, at);
  }

  void advance() {
    at++;
  }

  StructuredFieldException fail(String sentence) {
    return new StructuredFieldException(sentence, at);
  }
}
