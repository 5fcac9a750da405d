package io.github.fapipack.resourceserver.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Content of a response, held back until it is signed. */
final class HeldContent extends ServletOutputStream {
  private final int limit;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  HeldContent(int limit) {
    this.limit = limit;
  }

  byte[] bytes() {
    return content.toByteArray();
  }

  void clear() {
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
          "a signed response may have " + limit + " bytes; raise the content limit of FapiFilter");
    }
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    throw new IllegalStateException("a response that is signed cannot be sent asynchronously");
  }
}
