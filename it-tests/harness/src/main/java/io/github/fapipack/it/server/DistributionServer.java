package io.github.fapipack.it.server;

import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Keycloak started as a process from the distribution that Maven fetched. */
public final class DistributionServer implements KeycloakServer {
  private final ServerSettings settings;
  private final Distribution distribution;
  private final KeycloakScript script;
  private final List<String> options;
  private final Pki pki;
  private final AdminClient admin;
  private final WorkFolderLock lock;
  private ServerProcess process;

  private DistributionServer(
      ServerSettings settings,
      Distribution distribution,
      KeycloakScript script,
      List<String> options,
      Pki pki,
      AdminClient admin,
      WorkFolderLock lock) {
    this.settings = settings;
    this.distribution = distribution;
    this.script = script;
    this.options = options;
    this.pki = pki;
    this.admin = admin;
    this.lock = lock;
  }

  /**
   * Starts a server and waits until it is ready; reuses what was unpacked and built before.
   *
   * @throws ServerFailure if the server cannot be started
   */
  public static DistributionServer start(
      Harness harness, ServerSettings settings, Progress progress) {
    // Cheap checks come before those that take a minute.
    requireJdk(harness.serverJavaHome());
    requireFiles(harness);
    requireFreePort(settings.port());
    try {
      return startIn(OwnerOnly.folder(settings.workFolder()), harness, settings, progress);
    } catch (ServerFailure failure) {
      throw failure;
    } catch (Exception e) {
      throw new ServerFailure("Keycloak could not be started: " + e);
    }
  }

  // The server keeps the lock, and releases it when it is closed.
  @SuppressWarnings("try")
  private static DistributionServer startIn(
      Path folder, Harness harness, ServerSettings settings, Progress progress) throws Exception {
    WorkFolderLock lock = WorkFolderLock.acquire(folder);
    try {
      Distribution distribution = new Distribution(folder);
      KeycloakScript script =
          new KeycloakScript(distribution.home(), harness.serverJavaHome(), folder);
      prepare(distribution, script, harness, settings, progress);
      return launch(distribution, script, settings, progress, lock);
    } catch (Exception e) {
      lock.close();
      throw e;
    }
  }

  static void prepare(
      Distribution distribution,
      KeycloakScript script,
      Harness harness,
      ServerSettings settings,
      Progress progress)
      throws Exception {
    if (!distribution.isUnpackedFrom(harness.distribution())) {
      progress.step("Unpacking Keycloak", () -> distribution.unpack(harness.distribution()));
    }
    build(distribution, script, harness.jars(), settings, progress);
  }

  private static void build(
      Distribution distribution,
      KeycloakScript script,
      List<Path> jars,
      ServerSettings settings,
      Progress progress)
      throws Exception {
    List<String> options = new ArrayList<>(KeycloakOptions.BUILD);
    options.addAll(settings.buildOptions());
    if (!distribution.isBuiltFor(jars, options)) {
      String step = jars.isEmpty() ? "Building Keycloak" : "Building Keycloak with the pack";
      distribution.build(
          jars, options, () -> progress.step(step, () -> script.run("build", options)));
    }
  }

  private static DistributionServer launch(
      Distribution distribution,
      KeycloakScript script,
      ServerSettings settings,
      Progress progress,
      WorkFolderLock lock)
      throws Exception {
    distribution.reset(settings.realmFiles());
    distribution.trust(settings.peers());
    Pki pki = settings.pki();
    PkiFiles files = pki.writeTo(settings.workFolder().resolve("pki").toAbsolutePath());
    URI baseUrl = URI.create("https://" + pki.host() + ":" + settings.port());
    List<String> options = new ArrayList<>(KeycloakOptions.start(baseUrl, files));
    options.add("--https-port=" + settings.port());
    options.add("--http-management-port=" + settings.managementPort());
    options.add("--http-management-host=127.0.0.1");
    options.add("--import-realm");
    options.addAll(settings.startOptions());
    AdminClient admin = AdminClient.withRandomPassword(baseUrl, pki.sslContext(null));
    DistributionServer server =
        new DistributionServer(settings, distribution, script, options, pki, admin, lock);
    server.startProcess(progress);
    return server;
  }

  private void startProcess(Progress progress) throws Exception {
    startProcess(options, progress);
  }

  private void startProcess(List<String> options, Progress progress) throws Exception {
    Map<String, String> environment = new HashMap<>(settings.environment());
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", admin.username());
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", admin.password());
    process =
        progress.step(
            "Starting Keycloak on " + baseUrl(),
            () -> script.start(options, environment, settings.managementPort()));
  }

  /**
   * Stops the server and starts it again with other JARs, with the same port, certificates and
   * data, as in an upgrade of the pack.
   *
   * @throws ServerFailure if the server does not start again
   */
  public void restartWith(List<Path> jars, Progress progress) {
    process.close();
    try {
      build(distribution, script, jars, settings, progress);
      startProcess(progress);
    } catch (ServerFailure failure) {
      throw failure;
    } catch (Exception e) {
      throw new ServerFailure("Keycloak could not be started again: " + e);
    }
  }

  /**
   * Stops the server and starts it again with the same data, for example with larger caches.
   *
   * @param more start options, in addition to those of the first start
   * @return the seconds until it was ready
   * @throws ServerFailure if the server does not start again
   */
  public double restart(List<String> more, Progress progress) {
    process.close();
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    long begin = System.nanoTime();
    try {
      startProcess(all, progress);
    } catch (ServerFailure failure) {
      throw failure;
    } catch (Exception e) {
      throw new ServerFailure("Keycloak could not be started again: " + e);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void requireJdk(Path javaHome) {
    if (!Files.isExecutable(javaHome.resolve("bin/java"))
        && !Files.isExecutable(javaHome.resolve("bin/java.exe"))) {
      throw new ServerFailure(
          "There is no JDK in "
              + javaHome
              + "; set JAVA_HOME, or -Dserver.java.home, to a JDK of version 17 or later.");
    }
  }

  private static void requireFiles(Harness harness) {
    for (Path jar : harness.jars()) {
      if (!Files.isRegularFile(jar)) {
        throw new ServerFailure(jar + " is missing; run mvn package in the project's root first.");
      }
    }
  }

  private static void requireFreePort(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
      socket.setReuseAddress(true);
    } catch (IOException | IllegalArgumentException e) {
      throw new ServerFailure(
          "Port "
              + port
              + " cannot be used ("
              + e.getMessage()
              + "); choose another with -Dport=…");
    }
  }

  @Override
  public URI baseUrl() {
    return URI.create("https://" + pki.host() + ":" + settings.port());
  }

  @Override
  public int managementPort() {
    return settings.managementPort();
  }

  @Override
  public Pki pki() {
    return pki;
  }

  @Override
  public AdminClient admin() {
    return admin;
  }

  @Override
  public String log() {
    return process.log();
  }

  /** The server's Java process, which is a child of its script. */
  public ProcessHandle java() {
    return process.java();
  }

  /** Where the log is written. */
  public Path logFile() {
    return process.logFile();
  }

  /** Waits for the server to end by itself, and returns its exit status. */
  public int awaitEnd() throws InterruptedException {
    return process.awaitEnd();
  }

  /** Whether it was told to stop. */
  public boolean isStopping() {
    return process.isStopping();
  }

  /**
   * Runs another command of kc.sh in this server's installation, such as import, and waits for it.
   *
   * @throws ServerFailure if the command fails
   */
  public void run(String command, List<String> options) {
    try {
      script.run(command, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("Interrupted in kc.sh " + command);
    }
  }

  @Override
  public void close() {
    process.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
