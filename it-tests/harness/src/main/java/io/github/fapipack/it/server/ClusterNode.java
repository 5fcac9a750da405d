package io.github.fapipack.it.server;

import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.pki.Pki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of several Keycloaks with a common database and a common address. */
public final class ClusterNode implements KeycloakServer {
  /** What nodes announce if nothing else is said; nothing listens there. */
  static final URI COMMON_ADDRESS = URI.create("https://bank.example");

  /**
   * The port at which other nodes check whether a node lives: the next one, because the default
   * offset of 50000 may exceed the highest port.
   */
  private static final String CHECKED_AT_NEXT_PORT =
      "-Djgroups.fd.port-offset=1 -Djgroups.port_range=0";

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final KeycloakScript script;
  private final URI baseUrl;
  private final List<String> options;
  private final Map<String, String> environment;
  private final Pki pki;
  private final int port;
  private final int managementPort;
  private final AdminClient admin;
  private ServerProcess process;

  ClusterNode(
      KeycloakScript script,
      URI baseUrl,
      List<String> options,
      Map<String, String> environment,
      Pki pki,
      AdminClient anyAdmin) {
    this.script = script;
    this.baseUrl = baseUrl;
    this.pki = pki;
    try (ServerSocket https = new ServerSocket(0, 1, LOOPBACK);
        ServerSocket management = new ServerSocket(0, 1, LOOPBACK)) {
      this.port = https.getLocalPort();
      this.managementPort = management.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.admin = anyAdmin.at(address(), pki.sslContext(null));
    this.options = new ArrayList<>(options);
    this.options.add("--https-port=" + port);
    this.options.add("--http-management-port=" + managementPort);
    this.options.add("--http-management-host=127.0.0.1");
    this.options.add("--cache-embedded-network-bind-address=127.0.0.1");
    this.options.add("--cache-embedded-network-bind-port=" + twoFreePorts());
    this.environment = new HashMap<>(environment);
    this.environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", admin.username());
    this.environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", admin.password());
    this.environment.merge(
        "JAVA_OPTS_APPEND", CHECKED_AT_NEXT_PORT, (own, ours) -> own + " " + ours);
  }

  /** Starts the node, also after it was stopped or killed, and waits until it is ready. */
  public void start() {
    try {
      process = script.start(options, environment, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("Interrupted while a node started");
    }
  }

  /** Whether the node runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Asks the node to stop, as an operator does, and waits until it has.
   *
   * @throws ServerFailure if it does not stop in this time
   */
  public void stop(Duration patience) {
    boolean byItself = process.stop(patience);
    process.close();
    if (!byItself) {
      throw new ServerFailure("A node had to be killed: it did not stop in " + patience);
    }
  }

  /** The node's Java process. */
  public ProcessHandle java() {
    return process.java();
  }

  /** Kills the node, like a crash. */
  public void kill() {
    process.kill();
  }

  /** Suspends the node, so that others wait for it; it can only be ended by {@link #kill}. */
  public void freeze() {
    try {
      process.freeze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("Interrupted while a node was frozen");
    }
  }

  @Override
  public URI address() {
    return URI.create("https://localhost:" + port);
  }

  /** The address that is common to all nodes. */
  @Override
  public URI baseUrl() {
    return baseUrl;
  }

  @Override
  public int managementPort() {
    return managementPort;
  }

  @Override
  public Pki pki() {
    return pki;
  }

  /** The administrator, at this node. */
  @Override
  public AdminClient admin() {
    return admin;
  }

  @Override
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }

  private static int twoFreePorts() {
    for (int attempt = 0; attempt < 100; attempt++) {
      try (ServerSocket one = new ServerSocket(0, 1, LOOPBACK);
          ServerSocket next = new ServerSocket(one.getLocalPort() + 1, 1, LOOPBACK)) {
        return next.getLocalPort() - 1;
      } catch (IOException | IllegalArgumentException taken) {
        // Try another pair.
      }
    }
    throw new ServerFailure("There are no two free ports beside each other");
  }
}
