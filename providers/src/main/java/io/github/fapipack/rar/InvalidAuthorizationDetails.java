package io.github.fapipack.rar;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Refusal;

/** The error {@code invalid_authorization_details} (RFC 9396 5). */
@Clause("RFC9396 5-2")
public final class InvalidAuthorizationDetails {

  /** The error code. */
  public static final String CODE = "invalid_authorization_details";

  private static final int LONGEST_POINTER = 100;

  private InvalidAuthorizationDetails() {}

  /** A refusal of all of them. */
  public static Refusal refusal(String sentence) {
    return new Refusal(CODE, sentence);
  }

  /** A refusal that says where the fault is. */
  static Refusal refusal(Fault fault) {
    return new Refusal(
        CODE,
        AuthorizationDetails.PARAMETER
            + " is wrong at "
            + shown(fault.pointer())
            + ": "
            + fault.sentence());
  }

  /** A name in it may be the client's own, of any length and with any characters. */
  private static String shown(String pointer) {
    String end = pointer.length() > LONGEST_POINTER ? "..." : "";
    return pointer
            .substring(0, Math.min(pointer.length(), LONGEST_POINTER))
            .replaceAll("[^A-Za-z0-9/~_.:-]", "?")
        + end;
  }
}
