package io.github.fapipack.bridge;

/**
 * The bank's consent service has not answered, or has answered something that cannot be trusted.
 */
public final class ConsentUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for the log of the server; clients do not see it
   */
  public ConsentUnavailable(String reason, Throwable cause) {
    super(reason, cause);
  }

  public ConsentUnavailable(String reason) {
    super(reason);
  }
}
