package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The outcomes of all runs, as a table for people and as JSON for programs. */
final class Results {
  private static final List<String> COLUMNS =
      List.of("PASSED", "WARNING", "REVIEW", "SKIPPED", "FAILED");

  private final List<Outcome> outcomes = new ArrayList<>();

  void add(List<Outcome> more) {
    outcomes.addAll(more);
  }

  /** Whether something ran, and everything ended well or as expected. */
  boolean acceptable() {
    return !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::acceptable);
  }

  /** Writes {@code results.json} and {@code results.md}, also between runs. */
  void write(Path folder) {
    ArrayNode list = Json.object().arrayNode();
    outcomes.forEach(outcome -> list.add(outcome.json()));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("results.json"), Json.text(list));
      Files.writeString(folder.resolve("results.md"), markdown());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row for each run. */
  void print(PrintStream out) {
    out.println();
    out.println(overview());
  }

  private String markdown() {
    StringBuilder text = new StringBuilder(overview());
    text.append("\n| Realm | Run | Module | Result | |\n|---|---|---|---|---|\n");
    for (Outcome outcome : outcomes) {
      String findings =
          outcome.findings().stream()
              .map(outcome::text)
              .map(finding -> finding.replace("|", "\\|").replace("\n", " "))
              .collect(Collectors.joining("<br>"));
      text.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  outcome.run().realm(),
                  outcome.run().name(),
                  outcome.module(),
                  outcome.result(),
                  findings));
    }
    return text.toString();
  }

  private String overview() {
    StringBuilder text = new StringBuilder("| Realm | Run | Modules |");
    COLUMNS.forEach(column -> text.append(' ').append(column).append(" |"));
    text.append(" Other | Expected |\n").append("|---".repeat(COLUMNS.size() + 5)).append("|\n");
    byRun()
        .forEach(
            (run, ended) -> {
              text.append("| ").append(run.realm()).append(" | ").append(run.name());
              text.append(" | ").append(ended.size()).append(" |");
              COLUMNS.forEach(column -> text.append(cell(count(ended, column))));
              long known = COLUMNS.stream().mapToLong(column -> count(ended, column)).sum();
              text.append(cell(ended.size() - known));
              text.append(cell(ended.stream().filter(Outcome::expected).count())).append('\n');
            });
    return text.toString();
  }

  private Map<PlanRun, List<Outcome>> byRun() {
    return outcomes.stream()
        .collect(Collectors.groupingBy(Outcome::run, LinkedHashMap::new, Collectors.toList()));
  }

  private static long count(List<Outcome> ended, String result) {
    return ended.stream().filter(outcome -> outcome.result().equals(result)).count();
  }

  private static String cell(long count) {
    return " " + (count == 0 ? "" : count) + " |";
  }
}
