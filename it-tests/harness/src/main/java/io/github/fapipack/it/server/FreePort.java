package io.github.fapipack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens on. */
public final class FreePort {
  private static final int LOWEST_PORT = 10_000;
  private static final int LOWEST_EPHEMERAL_PORT = 32_768;
  private static final int ATTEMPTS = 100;

  private FreePort() {}

  /** The number of one. */
  public static int find() {
    try (ServerSocket socket = open()) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Below the range for ephemeral ports: it takes a minute until the server opens the port, and
   * another process could get such a port in the meantime.
   */
  static ServerSocket open() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_EPHEMERAL_PORT);
      try {
        // On all addresses, as the server will.
        return new ServerSocket(port, 1);
      } catch (BindException e) {
        // Try another one.
      }
    }
    throw new BindException("no port is free");
  }
}
