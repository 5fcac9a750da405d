package io.github.fapipack.resourceserver.routes;

/**
 * A path that two programs could read as two different ones. It has no stack trace, since strangers
 * cause it at will.
 */
final class AmbiguousPath extends Exception {
  private static final long serialVersionUID = 1;

  /** A reason, as a sentence for who sent the request. */
  AmbiguousPath(String sentence) {
    super(sentence, null, false, false);
  }
}
