package io.github.fapipack.authz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The system's nginx with nginx.conf of this folder, in which only ports and folders differ. */
final class RunningNginx implements AutoCloseable {
  private static final Duration TO_START = Duration.ofSeconds(20);

  private final Process process;
  private final int port = freePort();

  RunningNginx(Path folder, InetSocketAddress authz, InetSocketAddress api)
      throws IOException, InterruptedException {
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(conf, adapted(folder, authz, api));
    Path log = folder.resolve("nginx.out");
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

  private String adapted(Path folder, InetSocketAddress authz, InetSocketAddress api)
      throws IOException {
    StringBuilder temporary = new StringBuilder("http {\n");
    for (String part : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      temporary.append(part + "_temp_path " + folder.resolve(part) + ";\n");
    }
    return Files.readString(Path.of("nginx.conf"))
        .replace("http {\n", temporary)
        .replace("/etc/nginx/pki", folder.toString())
        .replace("/run/nginx.pid", folder.resolve("nginx.pid").toString())
        .replace("/var/log/nginx", folder.toString())
        .replace("listen 8443", "listen 127.0.0.1:" + port)
        .replace("127.0.0.1:9180", "127.0.0.1:" + authz.getPort())
        .replace("127.0.0.1:8080", "127.0.0.1:" + api.getPort());
  }

  int port() {
    return port;
  }

  /** By which callers know it. */
  static String origin(int port) {
    return "https://localhost:" + port;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
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
