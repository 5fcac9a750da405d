package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link HttpSignatures} and compares the library with the Java platform alone. */
final class HttpSignatureSuite implements BenchmarkSuite {
  private static final int FORKS = 2;
  private static final TimeValue SECOND = TimeValue.seconds(1);
  private static final int WARM_UP = 2;
  private static final int MEASURED = 4;

  /** JMH uses features that newer platforms warn about. */
  static final String[] NO_WARNINGS =
      Runtime.version().feature() < 24
          ? new String[0]
          : new String[] {"--sun-misc-unsafe-memory-access=allow"};

  /**
   * One line of the table: medians of all iterations, in microseconds.
   *
   * @param messagePercent what an HTTP message signature adds to the plain one
   * @param messageAndDigestPercent what signature and Content-Digest add to a plain signature and a
   *     plain SHA-256
   */
  private record Row(
      String algorithm,
      String operation,
      double plain,
      double message,
      double messagePercent,
      double plainAndDigest,
      double messageAndDigest,
      double messageAndDigestPercent) {}

  @Override
  public String name() {
    return "http-signatures";
  }

  @Override
  public String question() {
    return "what does an HTTP message signature of FAPI cost beyond the signature itself?";
  }

  @Override
  public void run(Path folder) throws RunnerException, IOException {
    Options options =
        new OptionsBuilder()
            .include(HttpSignatures.class.getName() + "\\..*")
            .forks(FORKS)
            .warmupIterations(WARM_UP)
            .warmupTime(SECOND)
            .measurementIterations(MEASURED)
            .measurementTime(SECOND)
            .jvmArgsAppend(NO_WARNINGS)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    List<Row> rows = new ArrayList<>();
    results.forEach(result -> rows.add(row(result)));
    print(rows);
    Path file = folder.resolve(name() + ".json");
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), Map.of("machine", machine(), "microseconds", rows));
    System.out.println("\n" + file);
  }

  private static Row row(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return new Row(
        result.getParams().getParam("algorithm"),
        benchmark.substring(benchmark.lastIndexOf('.') + 1)
            + " "
            + result.getParams().getParam("kind"),
        median(result, iteration -> nanos(iteration, "plain") / 1000),
        median(result, iteration -> nanos(iteration, "message") / 1000),
        median(result, iteration -> percent(iteration, "plain", "message")),
        median(result, iteration -> nanos(iteration, "plainAndDigest") / 1000),
        median(result, iteration -> nanos(iteration, "messageAndDigest") / 1000),
        median(result, iteration -> percent(iteration, "plainAndDigest", "messageAndDigest")));
  }

  private static double median(RunResult result, ToDoubleFunction<IterationResult> value) {
    double[] sorted =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(value)
            .sorted()
            .toArray();
    return Math.round(10 * sorted[sorted.length / 2]) / 10.0;
  }

  private static double percent(IterationResult iteration, String without, String with) {
    return 100 * (nanos(iteration, with) / nanos(iteration, without) - 1);
  }

  private static double nanos(IterationResult iteration, String way) {
    return iteration.getSecondaryResults().get(way).getScore();
  }

  private static void print(List<Row> rows) {
    System.out.println("\n" + String.join(", ", machine().values()));
    System.out.printf(
        "%n%-8s %-16s %10s %18s %12s %18s%n",
        "", "", "plain", "HTTP signature", "and SHA-256", "and its digest");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          "%-8s %-16s %7.1f us %8.1f us %+5.1f%% %9.1f us %8.1f us %+5.1f%%%n",
          row.algorithm,
          row.operation,
          row.plain,
          row.message,
          row.messagePercent,
          row.plainAndDigest,
          row.messageAndDigest,
          row.messageAndDigestPercent);
    }
  }

  static Map<String, String> machine() {
    return Map.of(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        "cores", Runtime.getRuntime().availableProcessors() + " cores",
        "architecture", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }
}
