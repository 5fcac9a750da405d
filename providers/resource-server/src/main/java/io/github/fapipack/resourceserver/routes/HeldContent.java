package io.github.fapipack.resourceserver.routes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Content of a response, held back until it is signed. */
public final class HeldContent extends OutputStream {
  private final int limit;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  /**
   * No content yet.
   *
   * @param limit how many bytes it may have
   */
  public HeldContent(int limit) {
    this.limit = limit;
  }

  public byte[] toByteArray() {
    return content.toByteArray();
  }

  /** Forgets everything. */
  public void clear() {
    content.reset();
  }

  @Override
  public void write(int octet) throws IOException {
    check(1);
    content.write(octet);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    check(length);
    content.write(source, offset, length);
  }

  private void check(int more) throws IOException {
    if (more > limit - content.size()) {
      throw new IOException(
          "a signed response may have " + limit + " bytes; raise the content limit of the filter");
    }
  }
}
