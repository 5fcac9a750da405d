package io.github.fapipack.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * How often methods of a running server are called and how long they take, counted by its own
 * flight recorder (JEP 520, Java 25), which adds some 20 ns to each call.
 */
final class MethodTimes {
  private static final String RECORDING = "method-times";
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Calls of a method, and the nanoseconds that they took together. */
  record Count(long calls, double nanos) {
    Count minus(Count earlier) {
      return new Count(calls - earlier.calls, nanos - earlier.nanos);
    }
  }

  private record Snapshot(Instant time, Map<String, Count> counts) {}

  private final long pid;
  private final Path folder;

  private MethodTimes(long pid, Path folder) {
    this.pid = pid;
    this.folder = folder;
  }

  /**
   * Begins to count.
   *
   * @param methods as {@code package.Class::method}; what does not exist is not counted
   */
  static MethodTimes start(long pid, Path folder, List<String> methods) throws IOException {
    Path settings = folder.resolve(RECORDING + ".jfc");
    Files.writeString(
        settings,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <configuration version="2.0">
          <event name="jdk.MethodTiming">
            <setting name="enabled">true</setting>
            <setting name="filter">%s</setting>
            <setting name="period">%d s</setting>
          </event>
        </configuration>
        """
            .formatted(String.join(";", methods), PERIOD.toSeconds()));
    Jcmd.run(pid, "JFR.start", "name=" + RECORDING, "settings=" + settings.toAbsolutePath());
    return new MethodTimes(pid, folder);
  }

  /** Waits until everything so far is counted, separately from what follows. */
  static Instant pause() {
    long end = System.nanoTime() + PERIOD.multipliedBy(5).dividedBy(2).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return Instant.now();
  }

  /**
   * What was counted between one pause and the next, for each of these pairs.
   *
   * @param pauses when each pause ended
   * @return for each method by class and name; of overloads and bridges the one that took longest
   */
  List<Map<String, Count>> between(List<Instant> pauses) throws IOException {
    Path file = folder.resolve(RECORDING + ".jfr");
    Jcmd.run(pid, "JFR.dump", "name=" + RECORDING, "filename=" + file.toAbsolutePath());
    List<Snapshot> snapshots = snapshots(file);
    List<Map<String, Count>> counted = new ArrayList<>();
    for (int i = 1; i < pauses.size(); i++) {
      Map<String, Count> before = before(snapshots, pauses.get(i - 1));
      Map<String, Count> after = before(snapshots, pauses.get(i));
      Map<String, Count> longest = new LinkedHashMap<>();
      after.forEach(
          (method, count) ->
              longest.merge(
                  method.substring(0, method.indexOf('(')),
                  count.minus(before.getOrDefault(method, new Count(0, 0))),
                  (one, other) -> one.nanos() >= other.nanos() ? one : other));
      counted.add(longest);
    }
    Files.delete(file);
    return counted;
  }

  private static Map<String, Count> before(List<Snapshot> snapshots, Instant time) {
    return snapshots.stream()
        .filter(snapshot -> snapshot.time().isBefore(time))
        .reduce((earlier, later) -> later)
        .map(Snapshot::counts)
        .orElseThrow(() -> new IllegalStateException("the recording begins too late"));
  }

  /** All methods are counted at the same instant, in no particular order. */
  private static List<Snapshot> snapshots(Path file) throws IOException {
    Map<Instant, Map<String, Count>> byTime = new HashMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals("jdk.MethodTiming")) {
        long calls = event.getLong("invocations");
        double nanos = calls == 0 ? 0 : calls * (double) event.getDuration("average").toNanos();
        byTime
            .computeIfAbsent(event.getStartTime(), time -> new HashMap<>())
            .put(name(event.getValue("method")), new Count(calls, nanos));
      }
    }
    return byTime.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new Snapshot(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String name(RecordedMethod method) {
    return method.getType().getName() + "::" + method.getName() + method.getDescriptor();
  }
}
