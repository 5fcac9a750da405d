package io.github.fapipack.bench;

import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Node program that serves as the peer, with the packages that it needs.
 *
 * @param folder where it is installed
 */
record PeerProgram(Path folder) {
  private static final String SOURCE = "it-tests/src/test/peer";
  private static final String PACKAGE = "package.json";
  private static final int OLDEST_NODE = 20;
  private static final int SECONDS_TO_START = 20;
  private static final List<String> INSTALL =
      List.of("npm", "install", "--omit=dev", "--no-audit", "--no-fund", "--no-package-lock");

  /** The version of Node on the path; empty if Node or npm is missing, or Node is too old. */
  static Optional<String> nodeVersion() {
    try {
      run(List.of("npm", "--version"), Path.of("."));
      String version = run(List.of("node", "--version"), Path.of(".")).strip();
      int feature = Integer.parseInt(version.replaceFirst("^v(\\d+).*", "$1"));
      return feature >= OLDEST_NODE ? Optional.of(version) : Optional.empty();
    } catch (IOException | NumberFormatException missing) {
      return Optional.empty();
    }
  }

  /** Installs the program below the build's folder; empty, and says why, if it cannot run here. */
  static Optional<PeerProgram> install(Harness harness) {
    if (nodeVersion().isEmpty()) {
      System.out.println(
          "  Without the peer: Node %d or later, and npm, are not on the path"
              .formatted(OLDEST_NODE));
      return Optional.empty();
    }
    Path source = harness.root().resolve(SOURCE);
    Path folder = OwnerOnly.folder(harness.workFolder("peer"));
    try {
      boolean complete = installed(source, folder);
      copy(source, folder);
      if (!complete) {
        Progress.to(System.out).step("Installing the peer by npm", () -> run(INSTALL, folder));
      }
      return Optional.of(new PeerProgram(folder));
    } catch (Exception e) {
      System.out.println("  Without the peer, which cannot be installed: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean installed(Path source, Path folder) throws IOException {
    Path before = folder.resolve(PACKAGE);
    return Files.isDirectory(folder.resolve("node_modules/oidc-provider"))
        && Files.exists(before)
        && Files.mismatch(before, source.resolve(PACKAGE)) < 0;
  }

  private static void copy(Path source, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * Starts the server, and waits until it listens; it ends with this JVM.
   *
   * @param work for settings and log of this server
   */
  Process start(PeerSettings settings, Path work) {
    Path log = work.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                "node", folder.resolve("server.mjs").toString(), settings.writeTo(work).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("NODE_ENV", "production");
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-peer"));
      await(process, settings.port(), log);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void await(Process process, int port, Path log)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (!listens(port)) {
      if (System.nanoTime() > end || process.waitFor(50, TimeUnit.MILLISECONDS)) {
        process.destroy();
        throw new IllegalStateException("the peer does not start: " + Files.readString(log));
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Runs a command that ends, and returns its output. */
  private static String run(List<String> command, Path folder) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }
}
