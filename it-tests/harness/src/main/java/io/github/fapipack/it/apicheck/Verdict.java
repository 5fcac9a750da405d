package io.github.fapipack.it.apicheck;

import java.util.Locale;

/** How the API did with one attack. */
enum Verdict {
  /** The API did what it must not do. */
  PASSED_THROUGH("PASSED THROUGH", "error"),
  /** An error of the server, or no answer in time. */
  SERVER_ERROR("SERVER ERROR", "error"),
  /** Refused, but with another status or challenge than the specification has. */
  WRONG_ANSWER("wrong answer", "warning"),
  /** A legal request was refused. */
  LEGAL_REFUSED("legal, refused", "warning"),
  /** Not forbidden, but worth knowing. */
  NOTABLE("note", "note"),
  /** As it should be. */
  REFUSED("refused", "none"),
  /** A legal request was answered. */
  ACCEPTED("accepted", "none"),
  /** Not tried, or without a result. */
  SKIPPED("skipped", "none");

  private final String text;
  private final String level;

  Verdict(String text, String level) {
    this.text = text;
    this.level = level;
  }

  /** For people. */
  String text() {
    return text;
  }

  /** The level of a result in SARIF. */
  String level() {
    return level;
  }

  /** For programs: stable. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether no option excuses it. */
  boolean isHole() {
    return this == PASSED_THROUGH || this == SERVER_ERROR;
  }

  /** Whether it is excused by {@code --lenient}. */
  boolean isBlemish() {
    return this == WRONG_ANSWER || this == LEGAL_REFUSED;
  }
}
