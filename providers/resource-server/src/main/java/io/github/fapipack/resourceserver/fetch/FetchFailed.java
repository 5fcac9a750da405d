package io.github.fapipack.resourceserver.fetch;

/**
 * The issuer did not answer, or not as it has to. The message is for the log: it names what was
 * asked for and what is wrong, and repeats nothing of the answer.
 */
public final class FetchFailed extends Exception {
  private static final long serialVersionUID = 1;

  public FetchFailed(String message) {
    super(message, null, false, false);
  }
}
