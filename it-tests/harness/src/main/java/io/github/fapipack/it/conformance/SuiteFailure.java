package io.github.fapipack.it.conformance;

/** The suite refused a call of its API, or does not answer. */
final class SuiteFailure extends RuntimeException {
  SuiteFailure(String message) {
    super(message);
  }
}
