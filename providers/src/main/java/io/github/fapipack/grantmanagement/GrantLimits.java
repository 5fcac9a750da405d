package io.github.fapipack.grantmanagement;

/**
 * How much may be stored for a client.
 *
 * @param maxBytes size of what one grant holds, as JSON
 * @param maxPerUserAndClient grants that one user can have given one client at a time
 */
record GrantLimits(int maxBytes, int maxPerUserAndClient) {

  static final GrantLimits DEFAULT = new GrantLimits(64 * 1024, 1000);

  GrantLimits {
    if (maxBytes < 1 || maxPerUserAndClient < 1) {
      throw new IllegalArgumentException("limits of grants must be at least 1");
    }
  }
}
