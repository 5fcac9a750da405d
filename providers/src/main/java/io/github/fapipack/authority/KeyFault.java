package io.github.fapipack.authority;

/** An issuing key that cannot be used; the message is one lowercase sentence. */
final class KeyFault extends Exception {

  private static final long serialVersionUID = 1L;

  KeyFault(String sentence) {
    super(sentence);
  }

  KeyFault(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
