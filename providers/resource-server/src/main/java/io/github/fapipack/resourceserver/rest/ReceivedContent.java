package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.resourceserver.request.ApiBody;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Content that is read when a check wants it, and is then there for the application again. */
final class ReceivedContent implements ApiBody {
  private final ContainerRequestContext request;
  private final int limit;
  private byte[] contentOrNull;

  ReceivedContent(ContainerRequestContext request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  @Override
  public byte[] bytes() throws IOException {
    if (contentOrNull == null) {
      byte[] read =
          request.hasEntity() ? request.getEntityStream().readNBytes(limit + 1) : new byte[0];
      if (read.length > limit) {
        throw new IOException("the content is longer than the limit");
      }
      contentOrNull = read;
      request.setEntityStream(new ByteArrayInputStream(read));
    }
    return contentOrNull;
  }
}
