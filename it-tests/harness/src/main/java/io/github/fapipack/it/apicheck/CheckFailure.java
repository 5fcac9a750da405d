package io.github.fapipack.it.apicheck;

/** The check cannot be made; the message tells the user why, and what to do. */
final class CheckFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckFailure(String message) {
    super(message);
  }

  CheckFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
