package io.github.fapipack.grantmanagement;

/**
 * Thrown when a grant is not stored because it is too large or there are too many; names the limit.
 */
public final class GrantLimitExceeded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Which limit. */
  public enum Limit {
    SIZE,
    COUNT
  }

  private final Limit limit;

  private GrantLimitExceeded(Limit limit, String message) {
    super(message);
    this.limit = limit;
  }

  static GrantLimitExceeded size(int bytes, int max) {
    return new GrantLimitExceeded(
        Limit.SIZE, "the grant would hold " + bytes + " bytes of at most " + max);
  }

  static GrantLimitExceeded count(int max) {
    return new GrantLimitExceeded(
        Limit.COUNT,
        "the user has given this client "
            + max
            + " grants, which is the limit; merge or replace one, or revoke one first");
  }

  public Limit limit() {
    return limit;
  }
}
