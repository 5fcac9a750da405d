package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.message.ErrorStyle.Fault;
import io.github.fapipack.resourceserver.refusal.Problem;

/** Ends the check of a signed body; it becomes a refusal in the style of the ecosystem. */
final class BodyFault extends Exception {
  private static final long serialVersionUID = 1;

  private final Fault fault;

  BodyFault(Fault fault, String sentence) {
    super(sentence, null, false, false);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  Problem problem() {
    return fault == Fault.REPLAY ? Problem.USED_AGAIN : Problem.BAD_SIGNATURE;
  }
}
