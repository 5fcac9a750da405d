package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.resourceserver.request.ApiBody;
import java.io.IOException;
import java.io.InputStream;

/** The content of a request, read when somebody wants it, once, and up to a limit. */
public final class LimitedContent implements ApiBody {
  private final Source source;
  private final int limit;
  private byte[] contentOrNull;

  /** Where the content comes from. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Content that nobody has read yet.
   *
   * @param limit how many bytes it may have
   */
  public LimitedContent(Source source, int limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Whether somebody has wanted it. */
  public boolean isRead() {
    return contentOrNull != null;
  }

  @Override
  public byte[] bytes() throws IOException {
    if (contentOrNull == null) {
      byte[] read = source.open().readNBytes(limit + 1);
      if (read.length > limit) {
        throw new IOException("the content is longer than the limit");
      }
      contentOrNull = read;
    }
    return contentOrNull;
  }
}
