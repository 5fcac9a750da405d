package io.github.fapipack.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the processor time of the whole machine was spent so far, all processes included.
 *
 * @param idle and {@code all} in hundredths of a second, over all cores; 0 where the system does
 *     not report it
 */
record MachineTime(long idle, long all) {
  private static final Path STAT = Path.of("/proc/stat");

  static MachineTime now() {
    if (!Files.exists(STAT)) {
      return new MachineTime(0, 0);
    }
    try {
      String[] values = Files.readString(STAT).lines().findFirst().orElseThrow().split(" +");
      long all = 0;
      // Time of guests, after the eighth value, is also counted as the user's.
      for (int i = 1; i <= 8; i++) {
        all += Long.parseLong(values[i]);
      }
      return new MachineTime(Long.parseLong(values[4]) + Long.parseLong(values[5]), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The part of the time since then in which cores had nothing to do; 0 if it is not known. */
  double idleSince(MachineTime then) {
    return all == then.all ? 0 : (double) (idle - then.idle) / (all - then.all);
  }
}
