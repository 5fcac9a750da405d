package io.github.fapipack.revocation;

/** Whether a certificate counts, and if not, why, and what its holder can do. */
public sealed interface Verdict {

  /** What is wrong; empty if nothing is. */
  default String reason() {
    return "";
  }

  /** What to do; empty if nothing is wrong. */
  default String remedy() {
    return "";
  }

  /** Whether it counts. */
  default boolean isTrusted() {
    return false;
  }

  /**
   * It counts.
   *
   * @param checked whether all sources that were needed have said that it is not revoked
   */
  record Trusted(boolean checked) implements Verdict {
    @Override
    public boolean isTrusted() {
      return true;
    }
  }

  /** It does not come from an authority that is trusted, so nobody could say more about it. */
  record Untrusted(String reason, String remedy) implements Verdict {}

  /** It comes from a trusted authority, but is expired, made for another use, or not known. */
  record Refused(String reason, String remedy) implements Verdict {}

  /** It, or an authority between it and the trusted one, was revoked. */
  record Revoked(String reason, String remedy) implements Verdict {}

  /** It is not known whether it was revoked. */
  record Unavailable(String reason, String remedy) implements Verdict {}
}
