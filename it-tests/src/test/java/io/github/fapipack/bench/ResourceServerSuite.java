package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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

/** Runs {@link ResourceServerChecks} and compares the kit with signatures and Spring Security. */
final class ResourceServerSuite implements BenchmarkSuite {
  private static final int FORKS = 3;
  private static final int WARM_UP = 15;
  private static final int MEASURED = 8;
  private static final TimeValue SPAN = TimeValue.seconds(2);

  /** A second has some hundred checks only, so that compilers would take minutes to notice. */
  private static final String[] COMPILE_EARLY = {
    "-XX:Tier4InvocationThreshold=1000",
    "-XX:Tier4MinInvocationThreshold=200",
    "-XX:Tier4CompileThreshold=2000"
  };

  /**
   * One line of the table: medians of all iterations.
   *
   * @param ratio to what it is compared with
   * @param most what the ratio may be
   */
  private record Row(
      String way, double microseconds, double bytes, String beside, double ratio, double most) {}

  @Override
  public String name() {
    return "resource-server";
  }

  @Override
  public String question() {
    return "what does the check of an API request cost, beside its signatures and Spring Security?";
  }

  @Override
  public void run(Path folder) throws RunnerException, IOException {
    Options options =
        new OptionsBuilder()
            .include(ResourceServerChecks.class.getName() + "\\..*")
            .forks(FORKS)
            .warmupIterations(WARM_UP)
            .warmupTime(SPAN)
            .measurementIterations(MEASURED)
            .measurementTime(SPAN)
            .jvmArgsAppend(COMPILE_EARLY)
            .jvmArgsAppend(HttpSignatureSuite.NO_WARNINGS)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    List<Row> rows = rows(results.iterator().next());
    print(rows);
    Path file = folder.resolve(name() + ".json");
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), Map.of("machine", HttpSignatureSuite.machine(), "checks", rows));
    System.out.println("\n" + file);
  }

  private static List<Row> rows(RunResult result) {
    return List.of(
        row(result, "one ES256 verification", "oneSignature", "oneSignature", Double.NaN),
        row(result, "two ES256 verifications", "twoSignatures", "twoSignatures", Double.NaN),
        row(result, "kit: DPoP, new token", "kit", "twoSignatures", 1.15),
        row(result, "Spring Security: DPoP", "spring", "twoSignatures", Double.NaN),
        row(result, "kit: DPoP, new token", "kit", "spring", 1.0),
        row(result, "kit: DPoP, token seen before", "kitSeen", "twoSignatures", 0.65),
        row(result, "kit: DPoP, introspection remembered", "kitAsked", "oneSignature", 1.3),
        row(result, "kit: certificate, new token", "kitCertificate", "oneSignature", 1.3));
  }

  private static Row row(RunResult result, String way, String name, String beside, double most) {
    return new Row(
        way,
        median(result, iteration -> score(iteration, name) / 1000),
        name.equals("oneSignature")
            ? Double.NaN
            : median(result, iteration -> score(iteration, name + "Bytes")),
        beside,
        median(result, iteration -> score(iteration, name) / score(iteration, beside)),
        most);
  }

  private static double median(RunResult result, ToDoubleFunction<IterationResult> value) {
    double[] values =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(value)
            .toArray();
    Arrays.sort(values);
    return Math.round(1000 * values[values.length / 2]) / 1000.0;
  }

  private static double score(IterationResult iteration, String figure) {
    return iteration.getSecondaryResults().get(figure).getScore();
  }

  private static void print(List<Row> rows) {
    System.out.println("\n" + String.join(", ", HttpSignatureSuite.machine().values()));
    System.out.printf("%n%-38s %10s %10s %8s  %s%n", "", "time", "allocates", "ratio", "beside");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          "%-38s %7.1f us %8.0f B %8.3f  %s%s%n",
          row.way,
          row.microseconds,
          row.bytes,
          row.ratio,
          row.beside,
          Double.isNaN(row.most)
              ? ""
              : ", at most " + row.most + (row.ratio <= row.most ? ": held" : ": MISSED"));
    }
  }
}
