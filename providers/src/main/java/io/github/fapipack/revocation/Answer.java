package io.github.fapipack.revocation;

/**
 * What was found out about a certificate.
 *
 * @param detail for the log
 * @param until how long it holds, in milliseconds; in the past if it is not to be kept
 */
record Answer(State state, String detail, long until) {

  enum State {
    GOOD,
    REVOKED,
    /** The authority's own word that it does not know the certificate. */
    UNKNOWN,
    /** Nobody could say anything. */
    NONE
  }

  /** How long an answer is kept at most. */
  static final long LONGEST_MILLIS = 3_600_000;

  /** How long it is remembered that there is no answer. */
  static final long RETRY_MILLIS = 30_000;

  /** How far the clocks of the authorities may differ from ours. */
  static final long SKEW_MILLIS = 60_000;

  /** Nothing, and it is asked again in the next request. */
  static Answer none(String detail) {
    return new Answer(State.NONE, detail, Long.MIN_VALUE);
  }

  /** Nothing, and it is not asked again for a while. */
  static Answer noneFor(String detail, long now) {
    return new Answer(State.NONE, detail, now + RETRY_MILLIS);
  }

  /** The end of an answer that its source keeps up to date until that moment. */
  static long until(long nextUpdate, long now) {
    return Math.min(nextUpdate, now + LONGEST_MILLIS);
  }
}
