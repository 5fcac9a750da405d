package io.github.fapipack.resourceserver.jose;

/**
 * What was sent cannot be read. The message says why, without repeating it. It has no stack trace,
 * since strangers cause it at will.
 */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1;

  public Malformed(String reason) {
    super(reason, null, false, false);
  }
}
