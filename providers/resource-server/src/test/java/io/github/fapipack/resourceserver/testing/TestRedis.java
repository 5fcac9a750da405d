package io.github.fapipack.resourceserver.testing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A Redis server of its own, on a free port of the loopback address; it writes no file. */
public final class TestRedis implements AutoCloseable {
  private static final int LONGEST_START_SECONDS = 20;
  private static final int PAUSE_MILLIS = 20;

  private final Process process;
  private final int port;

  private TestRedis(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one, and waits until it listens. */
  public static TestRedis start() {
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--appendonly",
                  "no")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      TestRedis redis = new TestRedis(process, port);
      redis.awaitStart();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() {
    long end = System.nanoTime() + SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException("redis-server did not start");
      }
      try {
        process.waitFor(PAUSE_MILLIS, MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
