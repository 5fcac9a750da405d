package io.github.fapipack.it.apicheck;

/** An attack cannot be tried; the message says why. */
final class NotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotApplicable(String reason) {
    super(reason);
  }
}
