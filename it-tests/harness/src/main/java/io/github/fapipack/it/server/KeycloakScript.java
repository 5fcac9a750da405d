package io.github.fapipack.it.server;

import io.github.fapipack.it.pki.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs {@code kc.sh} of an unpacked Keycloak. */
final class KeycloakScript {
  private static final Pattern TIME = Pattern.compile("^[0-9-]+ [0-9:,]+ ");
  private static final int TAIL = 40;
  private static final String JVM_OPTIONS = "JAVA_OPTS_APPEND";

  private final Path home;
  private final Path javaHome;
  private final Path logFolder;

  KeycloakScript(Path home, Path javaHome, Path logFolder) {
    this.home = home;
    this.javaHome = javaHome;
    this.logFolder = logFolder;
  }

  /**
   * Commands that end quickly: no management port, so that they do not collide with another server,
   * and no optimized compilation, which would take half of a build's processor time.
   */
  private static final Map<String, String> SHORT_LIVED =
      Map.of("KC_HTTP_MANAGEMENT_PORT", "0", JVM_OPTIONS, "-XX:TieredStopAtLevel=1");

  /** Runs a command that ends, and waits until it has. */
  Void run(String command, List<String> options) throws IOException, InterruptedException {
    Path log = logFolder.resolve(command + ".log");
    try (ServerProcess process = launch(command, options, SHORT_LIVED, log)) {
      int status = process.awaitEnd();
      if (status != 0) {
        throw new ServerFailure(
            "kc.sh " + command + " failed with status " + status + "; the whole log is in " + log,
            meaningfulTail(log));
      }
    }
    return null;
  }

  /** Starts the server and returns when it reports that it is ready. */
  ServerProcess start(List<String> options, Map<String, String> environment, int managementPort)
      throws IOException, InterruptedException {
    Path log = logFolder.resolve("server.log");
    List<String> all = new ArrayList<>();
    all.add("--optimized");
    all.addAll(options);
    Map<String, String> variables = new HashMap<>(environment);
    variables.merge(
        JVM_OPTIONS,
        System.getProperty("server.jvm.options", ""),
        (given, usual) -> usual + " " + given);
    ServerProcess server = launch("start", all, variables, log);
    Readiness readiness = new Readiness(managementPort);
    if (!readiness.await(server)) {
      server.close();
      throw new ServerFailure(
          "Keycloak did not become ready; the whole log is in " + log, meaningfulTail(log));
    }
    return server;
  }

  private ServerProcess launch(
      String command, List<String> options, Map<String, String> environment, Path log)
      throws IOException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    List<String> line = new ArrayList<>();
    line.add(home.resolve(windows ? "bin/kc.bat" : "bin/kc.sh").toAbsolutePath().toString());
    line.add(command);
    line.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(line).directory(home.toFile());
    // A developer's own settings for Keycloak or Java must not affect the tests.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS"));
    builder.environment().remove("JAVA");
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().putAll(environment);
    OwnerOnly.write(log, "");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new ServerProcess(builder.start(), log);
  }

  /** The end of the log without stack frames and repetitions, which would hide what matters. */
  private static List<String> meaningfulTail(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      Set<String> seen = new HashSet<>();
      List<String> meaningful =
          lines
              .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
              .filter(line -> seen.add(TIME.matcher(line).replaceFirst("")))
              .toList();
      return meaningful.subList(Math.max(0, meaningful.size() - TAIL), meaningful.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
