package io.github.fapipack.apicheck;

import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.server.Harness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The system's nginx with fapi-authz's nginx.conf, in which only ports and folders differ. */
final class AuthzNginx implements AutoCloseable {
  private static final String CONF = "providers/resource-server/authz/nginx.conf";
  private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

  private final Process process;

  AuthzNginx(Path folder, PkiFiles pki, int authz, int api, int port) throws IOException {
    Path home = Files.createDirectories(folder.resolve("nginx")).toAbsolutePath();
    Path conf = home.resolve("nginx.conf");
    StringBuilder temporary = new StringBuilder("http {\n");
    for (String part : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      temporary.append("  ").append(part).append("_temp_path ").append(home.resolve(part));
      temporary.append(";\n");
    }
    Files.writeString(
        conf,
        Files.readString(Harness.fromSystemProperties().root().resolve(CONF))
            .replace("http {\n", temporary)
            .replace("/etc/nginx/pki/server.crt", pki.server().toAbsolutePath().toString())
            .replace("/etc/nginx/pki/server.key", pki.serverKey().toAbsolutePath().toString())
            .replace("/run/nginx.pid", home.resolve("nginx.pid").toString())
            .replace("/var/log/nginx", home.toString())
            .replace("listen 8443", "listen 127.0.0.1:" + port)
            .replace("127.0.0.1:9180", "127.0.0.1:" + authz)
            .replace("127.0.0.1:8080", "127.0.0.1:" + api));
    process =
        new ProcessBuilder("nginx", "-c", conf.toString(), "-e", "/dev/stderr", "-g", "daemon off;")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("nginx.out").toFile())
            .start();
    awaitPort(port, home.resolve("nginx.out"));
  }

  private void awaitPort(int port, Path log) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IllegalStateException("nginx does not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
