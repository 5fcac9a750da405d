package io.github.fapipack.bench;

import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.JarServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The system's nginx in front of a file, which stands for an API: once as it is, and once with
 * {@code auth_request} to {@code fapi-authz}.
 */
final class Gateway implements AutoCloseable {
  /** The path that everybody may read. */
  static final String OPEN = "/open";

  /** The path for which nginx asks fapi-authz. */
  static final String CHECKED = "/accounts";

  private static final String AUTHZ = "providers/resource-server/authz/target/fapi-authz.jar";
  private static final int PATIENCE = 10;

  private final int port = FreePort.find();
  private final int authzPort = FreePort.find();
  private final JarServer authz;
  private final Process nginx;

  /**
   * Starts both.
   *
   * @param heap of fapi-authz, in the format of {@code -Xmx}
   */
  Gateway(Path folder, BenchIssuer issuer, String heap) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("accounts"), "{\"accounts\":[]}");
    Files.writeString(folder.resolve("open"), "{\"accounts\":[]}");
    authz = startAuthz(folder, issuer, heap);
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(conf, configuration(folder));
    nginx =
        new ProcessBuilder("nginx", "-c", conf.toString(), "-e", "/dev/stderr", "-g", "daemon off;")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    awaitNginx(folder);
  }

  private JarServer startAuthz(Path folder, BenchIssuer issuer, String heap) throws IOException {
    Path trust = folder.resolve("trust.p12");
    OwnerOnly.write(trust, issuer.trustStore());
    Path settings = folder.resolve("fapi-authz.properties");
    Files.writeString(
        settings,
        """
        listen = 127.0.0.1:%d
        issuer = %s
        resource = %s
        demands = GET %s scope=%s
        """
            .formatted(
                authzPort, issuer.address(), BenchIssuer.AUDIENCE, CHECKED, BenchIssuer.SCOPE));
    Path root = Path.of(System.getProperty("harness.root", "")).toAbsolutePath();
    Harness harness =
        new Harness(
            root,
            root,
            Path.of(System.getProperty("server.java.home", System.getProperty("java.home"))),
            "distribution",
            List.of());
    return JarServer.start(
        harness,
        List.of(
            "-Xmx" + heap,
            "-XX:+ExitOnOutOfMemoryError",
            "-Djavax.net.ssl.trustStore=" + trust,
            "-Djavax.net.ssl.trustStorePassword=" + BenchIssuer.PASSWORD),
        root.resolve(AUTHZ),
        List.of(settings.toString()),
        authzPort,
        folder.resolve("fapi-authz.log"));
  }

  private String configuration(Path folder) {
    return """
    user %5$s;
    pid %1$s/nginx.pid;
    worker_processes 1;
    events { worker_connections 1024; }
    http {
      access_log off;
      default_type application/json;
      client_body_temp_path %1$s/nginx-body;
      proxy_temp_path %1$s/nginx-proxy;
      fastcgi_temp_path %1$s/nginx-fastcgi;
      uwsgi_temp_path %1$s/nginx-uwsgi;
      scgi_temp_path %1$s/nginx-scgi;
      large_client_header_buffers 4 16k;
      upstream authz { server 127.0.0.1:%3$d; keepalive 64; }
      server {
        listen 127.0.0.1:%2$d;
        keepalive_requests 1000000;
        root %1$s;
        location = /open { }
        location = /accounts { auth_request /authz; }
        location = /authz {
          internal;
          proxy_pass http://authz/check;
          proxy_http_version 1.1;
          proxy_pass_request_body off;
          proxy_set_header Connection "";
          proxy_set_header Content-Length "";
          proxy_set_header X-Original-Method $request_method;
          proxy_set_header X-Original-URI $request_uri;
          proxy_set_header X-Original-Host %4$s;
        }
      }
    }
    """
        .formatted(
            folder,
            port,
            authzPort,
            BenchIssuer.AUDIENCE.substring("https://".length()),
            System.getProperty("user.name"));
  }

  private void awaitNginx(Path folder) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!listens()) {
      if (System.nanoTime() > end || nginx.waitFor(50, TimeUnit.MILLISECONDS)) {
        close();
        throw new IllegalStateException(
            "nginx does not start: " + Files.readString(folder.resolve("nginx.log")));
      }
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(address());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Bytes of objects that are left on the heap of fapi-authz after a collection. */
  long live() {
    return Memory.live(authz.java().pid());
  }

  /** Bytes that the operating system has given to fapi-authz. */
  long resident() {
    return new ProcessCost(authz.java()).resident();
  }

  @Override
  public void close() {
    nginx.destroy();
    try {
      nginx.waitFor(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      authz.close();
    }
  }
}
