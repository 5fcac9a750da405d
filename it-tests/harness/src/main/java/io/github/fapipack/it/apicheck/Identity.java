package io.github.fapipack.it.apicheck;

/** Whose certificate a connection shows. */
enum Identity {
  NOBODY,
  OWN,
  /** One that the tool has just made. */
  SELF_SIGNED,
  /** That of the client of {@code --other-client}. */
  OTHER_CLIENT
}
