package io.github.fapipack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that ends with this JVM, together with all of its child processes. */
final class ServerProcess implements AutoCloseable {
  private static final Duration TO_STOP = Duration.ofSeconds(20);

  private final Process process;
  private final Path logFile;
  private final Thread hook = new Thread(() -> stop(TO_STOP), "stop-keycloak");
  private volatile boolean stopping;

  ServerProcess(Process process, Path logFile) {
    this.process = process;
    this.logFile = logFile;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The Java process, whether the script became it or started it as a child. */
  ProcessHandle java() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(one -> one.info().command().orElse("").matches(".*\\bjava(\\.exe)?"))
        .findFirst()
        .orElseThrow(() -> new ServerFailure("The server has no process of its own."));
  }

  /** Whether this JVM, also on Ctrl-C, has told the process to end. */
  boolean isStopping() {
    return stopping;
  }

  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  Path logFile() {
    return logFile;
  }

  String log() {
    try {
      // Not readString: the server may have written only a part of a character.
      return new String(Files.readAllBytes(logFile), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop(TO_STOP);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The shutdown hook then finds nothing to stop.
    }
  }

  /** Kills the process, like a crash. */
  void kill() {
    stopping = true;
    all().forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    close();
  }

  /** Suspends the process, like a machine that hangs; it can only be ended by {@link #kill}. */
  void freeze() throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("kill", "-STOP"));
    all().forEach(one -> line.add(String.valueOf(one.pid())));
    if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
      throw new IOException("The server cannot be frozen");
    }
  }

  private List<ProcessHandle> all() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  /**
   * Asks the process to end, and kills it after this time. kc.sh runs Java as a child, which would
   * continue if only the script were stopped.
   *
   * @return whether it has ended by itself
   */
  boolean stop(Duration patience) {
    stopping = true;
    List<ProcessHandle> all = all();
    all.forEach(ProcessHandle::destroy);
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
