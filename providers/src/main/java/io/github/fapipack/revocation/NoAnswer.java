package io.github.fapipack.revocation;

/** What a source has sent is not an answer that can be relied on. */
final class NoAnswer extends Exception {

  private static final long serialVersionUID = 1;

  NoAnswer(String reason) {
    super(reason);
  }

  NoAnswer(String reason, Throwable cause) {
    super(reason, cause);
  }
}
