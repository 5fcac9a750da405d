package io.github.fapipack.consent;

/** Ends an authorization after login: the client gets an error response (RFC 6749 4.1.2.1). */
public final class AuthorizationError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;

  /**
   * @param error the error code
   * @param description for the developers of the client
   */
  AuthorizationError(String error, String description) {
    super(description);
    this.error = error;
  }

  /** The error code. */
  public String error() {
    return error;
  }
}
