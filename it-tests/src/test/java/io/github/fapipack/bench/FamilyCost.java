package io.github.fapipack.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processor time of a process and its children, also of those that have ended. */
final class FamilyCost {
  /** Linux shows processor time to programs in hundredths of a second, on every machine. */
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

  private final ProcessHandle parent;

  FamilyCost(ProcessHandle parent) {
    this.parent = parent;
  }

  /** Nanoseconds; 0 if the system does not report it. */
  long cpu() {
    return Stream.concat(Stream.of(parent), parent.children())
        .mapToLong(one -> ticks(one) * TICK)
        .sum();
  }

  /** The 14th to 17th value: own time in user and kernel mode, and that of ended children. */
  private static long ticks(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    try {
      String text = new String(Files.readAllBytes(stat), StandardCharsets.UTF_8);
      String[] values = text.substring(text.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (int i = 11; i <= 14; i++) {
        sum += Long.parseLong(values[i]);
      }
      return sum;
    } catch (IOException e) {
      if (!process.isAlive()) {
        return 0;
      }
      throw new UncheckedIOException(e);
    }
  }
}
