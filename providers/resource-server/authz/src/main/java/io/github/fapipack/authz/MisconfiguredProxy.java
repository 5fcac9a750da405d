package io.github.fapipack.authz;

/** The proxy does not tell of the original request what has to be told. */
final class MisconfiguredProxy extends Exception {
  private static final long serialVersionUID = 1;

  MisconfiguredProxy(String message) {
    super(message, null, false, false);
  }
}
