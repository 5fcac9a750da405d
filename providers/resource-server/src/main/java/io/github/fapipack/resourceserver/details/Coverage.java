package io.github.fapipack.resourceserver.details;

/** Whether what was granted covers what is wanted. */
public sealed interface Coverage {

  /** It does. */
  record Covered() implements Coverage {}

  /**
   * It does not.
   *
   * @param member the member that is not covered, such as {@code instructedAmount.amount}
   * @param sentence what is not covered, for who sent the request
   */
  record NotCovered(String member, String sentence) implements Coverage {}
}
