package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.resourceserver.Demands;

/** What the rules say of a request. */
public sealed interface Route {

  /** The operation demands something. */
  record Guarded(Demands demands) implements Route {}

  /** Everybody may call it, without a token. */
  record Open() implements Route {}

  /** There is no such operation. */
  record Unknown() implements Route {}

  /**
   * The path could be read as that of two operations.
   *
   * @param sentence what must not be in it, for who sent the request
   */
  record Ambiguous(String sentence) implements Route {}
}
