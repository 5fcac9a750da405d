package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.resourceserver.Granted;

/** Whether a request reaches the application. */
public sealed interface Passage {

  /** It does, from who the token says. */
  record Checked(Granted granted) implements Passage {}

  /** It does, from anybody. */
  record Unchecked() implements Passage {}

  /** It does not: this is sent. */
  record Answered(Answer answer) implements Passage {}
}
