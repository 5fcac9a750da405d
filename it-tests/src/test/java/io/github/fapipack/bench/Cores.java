package io.github.fapipack.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps servers on the first core and the clients on the others, so that they do not compete. A
 * server is pinned after its start, because a JVM that sees only one core configures itself for
 * less than in production.
 */
final class Cores {
  private final List<String> all;

  private Cores(List<String> all) {
    this.all = all;
  }

  /** The cores that this JVM may use; without taskset or with a single core, nothing is pinned. */
  static Cores find() {
    try {
      String answer = taskset("-cp", Long.toString(ProcessHandle.current().pid()));
      return new Cores(parse(answer.substring(answer.lastIndexOf(':') + 1).strip()));
    } catch (IOException | UncheckedIOException e) {
      return new Cores(List.of());
    }
  }

  boolean pins() {
    return all.size() > 1;
  }

  /** Reserves the first core for this server and all of its threads. */
  void pinServer(ProcessHandle server) {
    pin(server, all.subList(0, Math.min(1, all.size())));
  }

  /** Restricts this JVM to the other cores. */
  void pinClients() {
    pin(ProcessHandle.current(), all.subList(Math.min(1, all.size()), all.size()));
  }

  /** Lets this JVM use all cores again, before it starts another server. */
  void free() {
    pin(ProcessHandle.current(), all);
  }

  @Override
  public String toString() {
    return pins()
        ? "servers on core "
            + all.get(0)
            + ", clients on "
            + String.join(",", all.subList(1, all.size()))
        : "NOT pinned to cores (no taskset, or a single core): figures are less steady";
  }

  private void pin(ProcessHandle process, List<String> cores) {
    if (!pins()) {
      return;
    }
    try {
      taskset("-acp", String.join(",", cores), Long.toString(process.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String taskset(String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("taskset"));
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", line) + ": " + answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return answer;
  }

  /** Reads a list such as {@code 0,2-3}. */
  private static List<String> parse(String list) {
    List<String> cores = new ArrayList<>();
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
        cores.add(Integer.toString(core));
      }
    }
    return cores;
  }
}
