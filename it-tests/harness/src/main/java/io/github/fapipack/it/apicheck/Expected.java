package io.github.fapipack.it.apicheck;

import java.util.Optional;
import java.util.Set;

/**
 * How the API has to answer.
 *
 * @param statuses allowed ones; empty for any client error
 * @param challenge whether a 401 needs WWW-Authenticate, with the scheme of the token
 * @param errors allowed error codes; empty for any or none
 * @param silence whether the connection may be closed without an answer
 */
record Expected(
    Set<Integer> statuses, boolean challenge, Set<String> errors, boolean silence, boolean legal) {
  /** RFC 6750 3-1: no error code is needed where no token was shown. */
  static final Expected NO_TOKEN = new Expected(Set.of(401), true, Set.of(), false, false);

  /** The same for a header that holds something else. */
  static final Expected NO_CREDENTIAL =
      new Expected(Set.of(400, 401), true, Set.of(), false, false);

  static final Expected TOKEN =
      new Expected(Set.of(401), true, Set.of("invalid_token"), false, false);

  static final Expected PROOF =
      new Expected(
          Set.of(401),
          true,
          Set.of("invalid_dpop_proof", "invalid_token", "use_dpop_nonce"),
          false,
          false);

  /** More than one way to send a token, or a malformed request. */
  static final Expected REQUEST =
      new Expected(
          Set.of(400, 401),
          true,
          Set.of("invalid_request", "invalid_token", "invalid_dpop_proof"),
          false,
          false);

  static final Expected LARGE =
      new Expected(Set.of(400, 401, 413, 431), true, REQUEST.errors(), false, false);

  static final Expected SCOPE =
      new Expected(Set.of(403), true, Set.of("insufficient_scope"), false, false);

  /** 404 hides what somebody else owns. */
  static final Expected DETAILS =
      new Expected(Set.of(401, 403, 404), false, Set.of(), false, false);

  /** FAPI2-HS 5.3.1.2-3 has 401; bodies signed in other ways have 400 as well. */
  static final Expected MESSAGE =
      new Expected(Set.of(400, 401, 403, 415), false, Set.of(), false, false);

  static final Expected HTTP_SIGNATURE = new Expected(Set.of(401), false, Set.of(), false, false);
  static final Expected ANY = new Expected(Set.of(), false, Set.of(), false, false);

  /** Where HTTP itself is at stake: a server may close, or not know what it was asked. */
  static final Expected TRANSPORT = new Expected(Set.of(), false, Set.of(), true, false);

  static final Expected LEGAL = new Expected(Set.of(), false, Set.of(), false, true);

  private static final int RATE_LIMIT = 429;
  private static final Set<Integer> UNKNOWN_METHOD_OR_VERSION = Set.of(501, 505);

  /**
   * Judges an answer.
   *
   * @param scheme of the token
   */
  Verdict judge(Answer answer, String scheme) {
    if (answer.status() == RATE_LIMIT) {
      return Verdict.SKIPPED;
    }
    if (legal) {
      return judgeLegal(answer);
    }
    if (answer.isSuccess()) {
      return Verdict.PASSED_THROUGH;
    }
    if (answer.isSilence()) {
      return answer.late()
          ? Verdict.SERVER_ERROR
          : silence ? Verdict.REFUSED : Verdict.WRONG_ANSWER;
    }
    if (answer.status() >= 500) {
      boolean honest = silence && UNKNOWN_METHOD_OR_VERSION.contains(answer.status());
      return honest ? Verdict.REFUSED : Verdict.SERVER_ERROR;
    }
    return complaint(answer, scheme).isEmpty() ? Verdict.REFUSED : Verdict.WRONG_ANSWER;
  }

  private static Verdict judgeLegal(Answer answer) {
    if (answer.isSuccess()) {
      return Verdict.ACCEPTED;
    }
    return answer.status() >= 500 || answer.late() ? Verdict.SERVER_ERROR : Verdict.LEGAL_REFUSED;
  }

  /** What is wrong with a refusal. */
  Optional<String> complaint(Answer answer, String scheme) {
    if (answer.status() < 400) {
      return Optional.of("a redirect is no refusal");
    }
    if (!statuses.isEmpty() && !statuses.contains(answer.status())) {
      return Optional.of("expected " + statusText());
    }
    boolean challenged = challenge && answer.status() == 401;
    if (challenged && !answer.challenges()) {
      return Optional.of("WWW-Authenticate is missing");
    }
    if (challenged && !answer.challenges(scheme)) {
      return Optional.of("WWW-Authenticate has no challenge " + scheme);
    }
    // A server may have refused a malformed request before anything of the API saw it.
    boolean coded = challenge && !errors.isEmpty() && Set.of(401, 403).contains(answer.status());
    if (coded && !answer.error().map(errors::contains).orElse(false)) {
      return Optional.of(
          "expected error=" + String.join(" or ", errors.stream().sorted().toList()));
    }
    return Optional.empty();
  }

  /** For people and reports. */
  String statusText() {
    return statuses.isEmpty()
        ? legal ? "2xx" : "4xx"
        : String.join(" or ", statuses.stream().sorted().map(String::valueOf).toList());
  }
}
