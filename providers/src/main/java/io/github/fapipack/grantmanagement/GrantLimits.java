package io.github.fapipack.grantmanagement;

/**
 * The limits for stored grants.
 *
 * @param maxBytes the largest size of one grant's content, as JSON
 * @param maxPerUserAndClient how many grants one user can have given one client at a time
 */
record GrantLimits(int maxBytes, int maxPerUserAndClient) {

  static final GrantLimits DEFAULT = new GrantLimits(64 * 1024, 1000);

  GrantLimits {
    if (maxBytes < 1 || maxPerUserAndClient < 1) {
      throw new IllegalArgumentException("limits of grants must be at least 1");
    }
  }
}
