package io.github.fapipack.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The system's nginx with docker/nginx.conf, in which only ports, hosts and folders differ. */
final class Nginx implements AutoCloseable {
  private static final Duration TO_START = Duration.ofSeconds(20);

  private final Process process;
  private final int publicPort = freePort();
  private final int adminPort = freePort();

  /** The first of the two nodes is down. */
  Nginx(Path folder, Path pki, int nodePort) throws IOException, InterruptedException {
    this(folder, pki, nodePort, conf -> conf);
  }

  /** The same with another change of the configuration. */
  Nginx(Path folder, Path pki, int nodePort, UnaryOperator<String> change)
      throws IOException, InterruptedException {
    Path conf = folder.resolve("nginx.conf");
    Path log = folder.resolve("nginx.log");
    Files.writeString(
        conf,
        change
            .apply(DockerFolder.read("nginx.conf"))
            .replace("/etc/nginx/pki", pki.toString())
            .replace("/tmp/nginx", folder.resolve("nginx").toString())
            .replace("/dev/stdout", folder.resolve("access.log").toString())
            .replace("listen 8443", "listen 127.0.0.1:" + publicPort)
            .replace("listen 9443", "listen 127.0.0.1:" + adminPort)
            .replace("keycloak-1:8443", "127.0.0.1:" + freePort())
            .replace("keycloak-2:8443", "127.0.0.1:" + nodePort));
    process =
        new ProcessBuilder("nginx", "-c", conf.toString(), "-e", "/dev/stderr", "-g", "daemon off;")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Instant end = Instant.now().plus(TO_START);
    while (!listens()) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        close();
        throw new IllegalStateException("nginx does not start: " + Files.readString(log));
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  int publicPort() {
    return publicPort;
  }

  int adminPort() {
    return adminPort;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), adminPort)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
