package io.github.fapipack.grantmanagement;

/** Thrown when a consent of the bank and a grant do not belong together. */
public final class ConsentTaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConsentTaken(String message) {
    super(message);
  }
}
