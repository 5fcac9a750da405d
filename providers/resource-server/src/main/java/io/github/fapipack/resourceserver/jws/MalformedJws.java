package io.github.fapipack.resourceserver.jws;

/**
 * Something is not the JWS, the JSON or the key that it should be. It has no stack trace, since
 * strangers cause it at will; the sentence quotes nothing of what was sent.
 */
public final class MalformedJws extends Exception {
  private static final long serialVersionUID = 1;

  public MalformedJws(String sentence) {
    super(sentence, null, false, false);
  }

  /** What is wrong, in lower case, in ASCII without quotation marks; follows after a noun. */
  public String sentence() {
    return getMessage();
  }
}
