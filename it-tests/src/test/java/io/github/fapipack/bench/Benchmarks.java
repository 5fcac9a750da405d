package io.github.fapipack.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks that {@code mvn -Pbench -Dbench=<name>} chooses, all of them by default. */
public final class Benchmarks {
  private static final List<BenchmarkSuite> SUITES =
      List.of(
          new HttpSignatureSuite(),
          new ResourceServerSuite(),
          new AuthzSuite(),
          new GrantSuite(),
          new ConsentSuite(),
          new FlowSuite(),
          new NodesSuite(),
          new ServiceLevelSuite(),
          new RuleSuite(),
          new MemorySuite(),
          new GrowthSuite());
  private static final String ALL = "all";

  private Benchmarks() {}

  public static void main(String[] arguments) throws RunnerException, IOException {
    String chosen = System.getProperty("bench", ALL);
    List<BenchmarkSuite> suites =
        SUITES.stream()
            .filter(
                suite -> chosen.equals(ALL) ? suite.isForEveryRun() : chosen.equals(suite.name()))
            .toList();
    if (suites.isEmpty()) {
      System.err.println("-Dbench=" + chosen + " is none of these, nor " + ALL + ":");
      SUITES.forEach(suite -> System.err.println("  " + suite.name() + ": " + suite.question()));
      System.exit(1);
    }
    Path folder = Files.createDirectories(Path.of(System.getProperty("bench.folder", ".")));
    for (BenchmarkSuite suite : suites) {
      System.out.println(suite.name() + ": " + suite.question());
      suite.run(folder);
    }
  }
}
