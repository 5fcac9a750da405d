package io.github.fapipack.resourceserver.replay;

/** The store does not answer, so nobody knows whether this is the first use. */
public final class StoreUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
