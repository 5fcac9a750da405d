package io.github.fapipack.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server in the tested server's own network: counts connections. Its loopback address is not
 * among those that the tested server may reach.
 */
public final class Neighbour implements AutoCloseable {
  /** The address, as a host of a URI. */
  public static final String ADDRESS = "127.0.0.2";

  private final AtomicInteger visits = new AtomicInteger();
  private final ServerSocket socket;

  private Neighbour(ServerSocket socket) {
    this.socket = socket;
    Thread thread = new Thread(this::serve, "neighbour");
    thread.setDaemon(true);
    thread.start();
  }

  public static Neighbour start() {
    try {
      return new Neighbour(new ServerSocket(0, 50, InetAddress.getByName(ADDRESS)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address to register, with any way to write the host. */
  public URI uri(String host) {
    return URI.create("https://" + host + ":" + socket.getLocalPort() + "/");
  }

  /** How many connections were made. */
  public int visits() {
    return visits.get();
  }

  private void serve() {
    try {
      while (true) {
        socket.accept().close();
        visits.incrementAndGet();
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
