package io.github.fapipack.it.admin;

/** A request to the admin REST API that Keycloak refused. */
public final class AdminFailure extends RuntimeException {
  /** A request that Keycloak refused, or whose response is not usable. */
  public AdminFailure(String message) {
    super(message);
  }

  /** A request that did not arrive. */
  public AdminFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
