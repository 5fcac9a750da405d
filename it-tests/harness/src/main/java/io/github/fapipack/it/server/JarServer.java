package io.github.fapipack.it.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server in a runnable JAR, as a process that ends with this JVM. */
public final class JarServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ServerProcess process;

  private JarServer(ServerProcess process) {
    this.process = process;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param jvmOptions before {@code -jar}, such as {@code -Xmx64m}
   * @param port where it will listen, according to its arguments
   * @param logFile for everything that it prints
   * @throws ServerFailure if it does not start
   */
  public static JarServer start(
      Harness harness,
      List<String> jvmOptions,
      Path jar,
      List<String> arguments,
      int port,
      Path logFile) {
    if (!Files.isRegularFile(jar)) {
      throw new ServerFailure(jar + " is missing; run mvn package in the project's root first.");
    }
    List<String> command = new ArrayList<>();
    command.add(harness.serverJavaHome().resolve("bin/java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    File log = logFile.toFile();
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
      JarServer server = new JarServer(new ServerProcess(process, logFile));
      server.awaitPort(port);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitPort(int port) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        List<String> lines = process.log().lines().toList();
        close();
        throw new ServerFailure(
            "The server does not listen on port " + port + "; its log is " + logFile(), lines);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process of the server. */
  public ProcessHandle java() {
    return process.java();
  }

  /** Where the log is written. */
  public Path logFile() {
    return process.logFile();
  }

  @Override
  public void close() {
    process.close();
  }
}
