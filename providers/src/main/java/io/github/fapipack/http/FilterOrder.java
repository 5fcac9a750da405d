package io.github.fapipack.http;

/**
 * Priorities of the pack's response filters: a higher one runs earlier, and Keycloak closes its
 * session at 10.
 */
final class FilterOrder {

  static final int REFUSAL = 900;
  static final int CORRECTION = 800;
  static final int HEADERS = 700;

  /** After all filters that change the error of a response. */
  static final int RECORD = 600;

  /** The last filter that changes anything, so that nothing changes what was signed. */
  static final int SIGNATURE = 500;

  /** After Keycloak has closed its session. */
  static final int LAST = -1;

  private FilterOrder() {}
}
