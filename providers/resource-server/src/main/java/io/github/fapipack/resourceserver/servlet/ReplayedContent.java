package io.github.fapipack.resourceserver.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Content that a check has read, for the application. */
final class ReplayedContent extends ServletInputStream {
  private final ByteArrayInputStream content;

  ReplayedContent(byte[] content) {
    this.content = new ByteArrayInputStream(content);
  }

  @Override
  public int read() {
    return content.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    return content.read(target, offset, length);
  }

  @Override
  public int available() {
    return content.available();
  }

  @Override
  public boolean isFinished() {
    return content.available() == 0;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  /** Everything is there already. */
  @Override
  public void setReadListener(ReadListener listener) {
    try {
      if (!isFinished()) {
        listener.onDataAvailable();
      }
      listener.onAllDataRead();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
