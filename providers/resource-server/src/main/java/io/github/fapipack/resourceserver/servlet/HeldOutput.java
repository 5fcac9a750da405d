package io.github.fapipack.resourceserver.servlet;

import io.github.fapipack.resourceserver.routes.HeldContent;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** What an application writes into a response that is signed. */
final class HeldOutput extends ServletOutputStream {
  private final HeldContent content;

  HeldOutput(HeldContent content) {
    this.content = content;
  }

  @Override
  public void write(int octet) throws IOException {
    content.write(octet);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    content.write(source, offset, length);
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
