package io.github.fapipack.it.apicheck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.util.Locale;

/** The results as JSON; {@code schema} changes if a member changes its meaning or goes away. */
final class JsonReport {
  private static final int SCHEMA = 1;

  private JsonReport() {}

  static String of(Report report) {
    ObjectNode json =
        Json.object()
            .put("schema", SCHEMA)
            .put("tool", Report.NAME)
            .put("version", report.version())
            .put("begun", report.begun().toString())
            .put("method", report.method())
            .put("url", report.address())
            .put("issuer", report.issuer())
            .put("bind", report.binding())
            .put("requests", report.requests())
            .put("passed", report.passed());
    ObjectNode summary = json.putObject("summary");
    for (Verdict verdict : Verdict.values()) {
      summary.put(verdict.id(), report.count(verdict));
    }
    report
        .results()
        .forEach(
            result ->
                json.withArray("results")
                    .addObject()
                    .put("id", result.attack().id())
                    .put("topic", result.attack().topic().name().toLowerCase(Locale.ROOT))
                    .put("title", result.attack().title())
                    .put("clause", result.attack().clause())
                    .put("expected", result.attack().expected().statusText())
                    .put("verdict", result.verdict().id())
                    .put("seen", result.seen())
                    .put("fix", result.attack().fix()));
    return Json.text(json) + "\n";
  }
}
