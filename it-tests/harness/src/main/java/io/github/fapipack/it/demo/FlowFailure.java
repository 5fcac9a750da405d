package io.github.fapipack.it.demo;

/** Why a sample flow cannot start, in one line for the user. */
final class FlowFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlowFailure(String line) {
    super(line);
  }
}
