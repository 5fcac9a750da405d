package io.github.fapipack.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes have cost so far, as the operating system counts it. */
final class ProcessCost {
  /** Linux shows processor time to programs in hundredths of a second, on every machine. */
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

  /** Time in user and kernel mode are the 14th and 15th value; a name in brackets is the second. */
  private static final Pattern STAT =
      Pattern.compile("\\d+ \\((.*)\\) \\S+ (?:\\S+ ){10}(\\d+) (\\d+) .*", Pattern.DOTALL);

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");

  private final List<ProcessHandle> processes;

  ProcessCost(ProcessHandle... processes) {
    this.processes = List.of(processes);
  }

  /** Processor time in nanoseconds. */
  long cpu() {
    return processes.stream()
        .mapToLong(one -> one.info().totalCpuDuration().map(Duration::toNanos).orElseThrow())
        .sum();
  }

  /** The part of it for HotSpot's compilers; 0 if the system does not report it. */
  long compilers() {
    return processes.stream().mapToLong(ProcessCost::compilers).sum();
  }

  private static long compilers(ProcessHandle process) {
    return threads(process).stream()
        .map(ProcessCost::compilerTime)
        .mapToLong(time -> time.orElse(0))
        .sum();
  }

  /** The numbers of the compilers' threads; none if the system does not report them. */
  static List<String> compilerThreads(ProcessHandle process) {
    return threads(process).stream()
        .filter(thread -> compilerTime(thread).isPresent())
        .map(thread -> thread.getFileName().toString())
        .toList();
  }

  private static List<Path> threads(ProcessHandle process) {
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    if (!Files.isDirectory(tasks)) {
      return List.of();
    }
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resident memory in bytes; 0 if the system does not report it. */
  long resident() {
    return processes.stream().mapToLong(ProcessCost::resident).sum();
  }

  private static long resident(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      Matcher matcher = RESIDENT.matcher(Files.exists(status) ? Files.readString(status) : "");
      return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty if the thread is no compiler, or has ended. */
  private static OptionalLong compilerTime(Path thread) {
    try {
      String stat = new String(Files.readAllBytes(thread.resolve("stat")), StandardCharsets.UTF_8);
      Matcher matcher = STAT.matcher(stat);
      return matcher.matches() && matcher.group(1).matches("C[12] Compiler.*")
          ? OptionalLong.of(
              (Long.parseLong(matcher.group(2)) + Long.parseLong(matcher.group(3))) * TICK)
          : OptionalLong.empty();
    } catch (IOException ended) {
      return OptionalLong.empty();
    }
  }
}
