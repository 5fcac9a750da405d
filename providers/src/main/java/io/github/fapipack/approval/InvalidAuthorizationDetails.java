package io.github.fapipack.approval;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/** The error {@code invalid_authorization_details} (RFC 9396 5). */
@Clause("RFC9396 5-2")
public final class InvalidAuthorizationDetails {

  /** The error code. */
  public static final String CODE = "invalid_authorization_details";

  private static final int LONGEST_POINTER = 100;
  private static final int MOST_NAMED = 10;

  private InvalidAuthorizationDetails() {}

  /** A refusal for authorization details as a whole. */
  public static Refusal refusal(String sentence) {
    return new Refusal(CODE, sentence);
  }

  /** A refusal that names the location of the fault. */
  public static Refusal refusal(Fault fault) {
    return refusal(List.of(fault));
  }

  /** A refusal that names the locations of the first faults, and how many follow. */
  public static Refusal refusal(List<Fault> faults) {
    int named = Math.min(faults.size(), MOST_NAMED);
    String places =
        faults.stream()
            .limit(named)
            .map(fault -> "at " + shown(fault.pointer()) + ": " + fault.sentence())
            .collect(Collectors.joining(", "));
    String more = faults.size() > named ? ", and " + (faults.size() - named) + " more" : "";
    return new Refusal(CODE, AuthorizationDetails.PARAMETER + " is wrong " + places + more);
  }

  /** A name in the pointer may come from the client, with any length and characters. */
  private static String shown(String pointer) {
    String end = pointer.length() > LONGEST_POINTER ? "..." : "";
    return pointer
            .substring(0, Math.min(pointer.length(), LONGEST_POINTER))
            .replaceAll("[^A-Za-z0-9/~_.:-]", "?")
        + end;
  }
}
