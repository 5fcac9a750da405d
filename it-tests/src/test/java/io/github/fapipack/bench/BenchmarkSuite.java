package io.github.fapipack.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.runner.RunnerException;

/** Benchmarks that answer one question together, chosen by {@code -Dbench}. */
interface BenchmarkSuite {
  String name();

  /** The question, in one line. */
  String question();

  /** Whether it runs if no benchmark is chosen. */
  default boolean isForEveryRun() {
    return true;
  }

  /** Runs, prints a table and writes {@code <name>.json} into the folder. */
  void run(Path folder) throws RunnerException, IOException;
}
