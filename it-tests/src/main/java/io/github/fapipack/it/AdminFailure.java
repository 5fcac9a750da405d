package io.github.fapipack.it;

/** A request to the admin REST API that Keycloak refused. */
public final class AdminFailure extends RuntimeException {
  AdminFailure(String message) {
    super(message);
  }

  AdminFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
