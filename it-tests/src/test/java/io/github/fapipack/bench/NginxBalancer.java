package io.github.fapipack.bench;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.server.ClusterNode;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The system's nginx with docker/nginx.conf, in which only ports, hosts, folders and certificates
 * differ. Nodes leave and come back as an operator does it: {@code down} in the configuration, and
 * a reload.
 */
final class NginxBalancer implements Balancer {
  private static final long PATIENCE = 30;

  private final Path folder;
  private final Path configuration;
  private final PkiFiles certificates;
  private final int port;
  private final int administration;
  private final List<ClusterNode> nodes;
  private final Set<ClusterNode> down = new HashSet<>();
  private final Process process;

  /** Starts it in front of two nodes. */
  NginxBalancer(Path folder, int port, Pki pki, List<ClusterNode> nodes)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.configuration = folder.resolve("nginx.conf");
    this.certificates = pki.writeTo(folder.resolve("nginx-pki"));
    this.port = port;
    this.administration = FreePort.find();
    this.nodes = nodes;
    write();
    process =
        new ProcessBuilder(command("-g", "daemon off;"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    await("nginx does not start", this::listens);
  }

  /** Whether there is an nginx on the path. */
  static boolean isThere() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "nginx")));
  }

  @Override
  public FapiClient route(int number, FapiClient client) {
    return client;
  }

  @Override
  public void drain(ClusterNode node) throws IOException, InterruptedException {
    down.add(node);
    reload();
  }

  @Override
  public void takeBack(ClusterNode node) throws IOException, InterruptedException {
    down.remove(node);
    reload();
  }

  /**
   * Workers with the old configuration end when they have answered their last request. Before nginx
   * 1.27.4 they close idle connections of clients at once, even if a request is on its way.
   */
  private void reload() throws IOException, InterruptedException {
    List<ProcessHandle> old = process.children().toList();
    write();
    Process command =
        new ProcessBuilder(command("-s", "reload"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx-reload.log").toFile())
            .start();
    if (command.waitFor() != 0) {
      throw new IOException(
          "nginx cannot be reloaded: " + Files.readString(folder.resolve("nginx-reload.log")));
    }
    await(
        "a worker of nginx does not end",
        () -> old.stream().noneMatch(ProcessHandle::isAlive) && process.children().count() > 0);
  }

  @Override
  public long cpu() {
    return new FamilyCost(process.toHandle()).cpu();
  }

  @Override
  public String title() {
    return "nginx with docker/nginx.conf";
  }

  private List<String> command(String... more) {
    List<String> command =
        new ArrayList<>(List.of("nginx", "-c", configuration.toString(), "-e", "/dev/stderr"));
    command.addAll(List.of(more));
    return command;
  }

  private void write() throws IOException {
    Path root = Harness.fromSystemProperties().root();
    Files.writeString(
        configuration,
        Files.readString(root.resolve("docker/nginx.conf"))
            // Its workers must get into a folder that only this user may enter.
            .replace(
                "worker_processes auto;",
                "worker_processes auto;\nuser " + System.getProperty("user.name") + ";")
            .replace("/etc/nginx/pki/proxy.crt", certificates.server().toString())
            .replace("/etc/nginx/pki/proxy.key", certificates.serverKey().toString())
            .replace("/etc/nginx/pki/client-ca.crt", certificates.clientCa().toString())
            .replace("/etc/nginx/pki/ca.crt", certificates.serverCa().toString())
            .replace("proxy_ssl_name keycloak", "proxy_ssl_name localhost")
            .replace("/tmp/nginx", folder.resolve("nginx").toString())
            .replace("/dev/stdout", folder.resolve("nginx-access.log").toString())
            .replace("listen 8443", "listen 127.0.0.1:" + port)
            .replace("listen 9443", "listen 127.0.0.1:" + administration)
            .replace("server keycloak-1:8443", server(nodes.get(0)))
            .replace("server keycloak-2:8443", server(nodes.get(1))));
  }

  private String server(ClusterNode node) {
    return "server 127.0.0.1:" + node.address().getPort() + (down.contains(node) ? " down" : "");
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private interface Condition {
    boolean holds();
  }

  private void await(String failure, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!condition.holds()) {
      if (System.nanoTime() > end || process.waitFor(50, TimeUnit.MILLISECONDS)) {
        close();
        throw new IOException(failure + ": " + Files.readString(folder.resolve("nginx.log")));
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
