package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;

/** Whether a request reaches the application. */
public sealed interface Passage {

  /** It does, from who the token says. */
  record Checked(Granted granted) implements Passage {}

  /** It does, from anybody. */
  record Unchecked() implements Passage {}

  /** It does not; the answer says why. */
  record Answered(Refused refused) implements Passage {

    /** What is sent. */
    public Answer answer() {
      return Answer.of(refused);
    }
  }
}
