package io.github.fapipack.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Limits a process to a share of a core by Linux's bandwidth control, so that several small
 * machines can be measured on one. Needs the right to create control groups.
 */
final class CpuShare implements AutoCloseable {
  /**
   * Half of the usual one, because a process that has used up its share holds its locks until the
   * next period; much shorter ones would cost caches of the processor.
   */
  private static final int PERIOD_MICROS = 50_000;

  private static final Path UNIFIED = Path.of("/sys/fs/cgroup");

  /** Where the first version of control groups has its processor time. */
  private static final List<Path> SEPARATE =
      List.of(Path.of("/sys/fs/cgroup/cpu"), Path.of("/sys/fs/cgroup/cpu,cpuacct"));

  private final Path parent;
  private final Path group;
  private final long pid;

  private CpuShare(Path parent, ProcessHandle process) {
    this.parent = parent;
    this.pid = process.pid();
    this.group = parent.resolve("fapi-bench-" + pid);
  }

  /**
   * Limits a process with all of its threads.
   *
   * @param cores for instance 0.25
   * @return empty if this machine does not allow it
   */
  static Optional<CpuShare> of(ProcessHandle process, double cores) {
    long micros = Math.round(PERIOD_MICROS * cores);
    for (Path parent : SEPARATE) {
      CpuShare share = new CpuShare(parent, process);
      if (share.limit("cpu.cfs_period_us", "" + PERIOD_MICROS, "cpu.cfs_quota_us", "" + micros)) {
        return Optional.of(share);
      }
    }
    CpuShare share = new CpuShare(UNIFIED, process);
    return share.limit("cpu.max", micros + " " + PERIOD_MICROS)
        ? Optional.of(share)
        : Optional.empty();
  }

  private boolean limit(String... namesAndValues) {
    if (!Files.isDirectory(parent)) {
      return false;
    }
    try {
      Files.createDirectories(group);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        Path file = group.resolve(namesAndValues[i]);
        if (!Files.exists(file)) {
          Files.delete(group);
          return false;
        }
        Files.writeString(file, namesAndValues[i + 1]);
      }
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }

  /** Lifts the limit. */
  @Override
  public void close() {
    try {
      if (ProcessHandle.of(pid).isPresent()) {
        Files.writeString(parent.resolve("cgroup.procs"), Long.toString(pid));
      }
      Files.deleteIfExists(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
