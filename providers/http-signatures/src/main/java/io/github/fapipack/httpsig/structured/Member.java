package io.github.fapipack.httpsig.structured;

/** A member of a list or a dictionary (RFC 8941 3.1, 3.2). */
public sealed interface Member permits Item, InnerList {

  Parameters parameters();

  /** The canonical serialization, with parameters. */
  String serialize();
}
