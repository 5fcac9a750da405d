package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link GrantLookups}, and fails when a million grants take twice as long as a thousand. */
final class GrantSuite implements BenchmarkSuite {
  private static final TimeValue SECONDS = TimeValue.seconds(5);
  private static final int WARM_UP = 3;
  private static final int MEASURED = 5;
  private static final double MOST = 2;

  /** One line of the table: medians of all iterations, in microseconds. */
  private record Row(String operation, double amongFew, double amongMany, double factor) {}

  @Override
  public String name() {
    return "grants";
  }

  @Override
  public String question() {
    return "do query and revocation of a grant take longer with a million grants than with a"
        + " thousand?";
  }

  @Override
  public void run(Path folder) throws RunnerException, IOException {
    List<Row> rows = new ArrayList<>();
    new Runner(
            new OptionsBuilder()
                .include(GrantLookups.class.getName() + "\\..*")
                .forks(1)
                .warmupIterations(WARM_UP)
                .warmupTime(SECONDS)
                .measurementIterations(MEASURED)
                .measurementTime(SECONDS)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run()
        .forEach(result -> rows.add(row(result)));
    System.out.printf(
        "%n%s%n%n%-8s %14s %14s%n",
        String.join(", ", HttpSignatureSuite.machine().values()),
        "",
        GrantLookups.FEW + " grants",
        GrantLookups.MANY + " grants");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          "%-8s %11.1f us %11.1f us  x %.2f%n",
          row.operation,
          row.amongFew,
          row.amongMany,
          row.factor);
    }
    Path file = folder.resolve(name() + ".json");
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(
            file.toFile(), Map.of("machine", HttpSignatureSuite.machine(), "microseconds", rows));
    System.out.println("\n" + file);
    if (rows.stream().anyMatch(row -> row.factor > MOST)) {
      throw new IllegalStateException("a million grants take more than twice as long");
    }
  }

  private static Row row(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    double few = median(result, "amongFew");
    double many = median(result, "amongMany");
    return new Row(benchmark.substring(benchmark.lastIndexOf('.') + 1), few, many, many / few);
  }

  private static double median(RunResult result, String counter) {
    double[] sorted =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(iteration -> iteration.getSecondaryResults().get(counter).getScore())
            .sorted()
            .toArray();
    return sorted[sorted.length / 2] / 1000;
  }
}
