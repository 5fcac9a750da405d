package io.github.fapipack.it.conformance;

/** A request whose access token does not permit it (RFC 6750 section 3.1). */
final class TokenRefused extends RuntimeException {
  private final String error;

  TokenRefused(String error, String message) {
    super(message);
    this.error = error;
  }

  String error() {
    return error;
  }
}
