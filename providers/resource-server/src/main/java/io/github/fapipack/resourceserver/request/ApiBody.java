package io.github.fapipack.resourceserver.request;

import java.io.IOException;

/** The body of a request, which is read only if a check needs it. */
@FunctionalInterface
public interface ApiBody {
  /** No body. */
  ApiBody NONE = () -> new byte[0];

  /**
   * All bytes as they were transmitted; the same at each call.
   *
   * @throws IOException if the caller stops sending, or sends more than is read
   */
  byte[] bytes() throws IOException;
}
