package io.github.fapipack.authority;

/** A certificate request that cannot be granted; the message is one lowercase sentence. */
public final class RequestFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The sentence says what to send instead. */
  public RequestFault(String sentence) {
    super(sentence);
  }
}
