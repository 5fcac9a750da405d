package io.github.fapipack.it.demo;

/** Why a sample flow cannot even begin, in one line for the person who started it. */
final class FlowFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlowFailure(String line) {
    super(line);
  }
}
