package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A condition of a module that did not simply hold.
 *
 * @param block what the module was doing
 * @param requirements the clauses, as the suite names them
 * @param details what the suite saw, as JSON
 */
record Finding(
    String result,
    String condition,
    String message,
    String block,
    String requirements,
    String details) {

  private static final Set<String> NOTABLE = Set.of("FAILURE", "WARNING", "REVIEW");
  private static final Set<String> COUNTED = Set.of("SUCCESS", "FAILURE", "WARNING", "REVIEW");
  private static final List<String> TELLING =
      List.of("error", "error_description", "expected", "actual", "body", "endpoint_response");
  private static final int SHOWN = 300;

  /** The findings of a log. */
  static List<Finding> in(JsonNode log) {
    Map<String, String> blocks = new HashMap<>();
    List<Finding> found = new ArrayList<>();
    String answer = "";
    for (JsonNode entry : log) {
      if (entry.path("http").asText().equals("response")) {
        boolean refused = entry.path("response_status_code").asText().matches("[45].*");
        answer = refused ? "; the last response was " + entry.path("response_body").asText() : "";
      }
      String block = entry.path("blockId").asText();
      if (entry.path("startBlock").asBoolean()) {
        blocks.put(block, entry.path("msg").asText());
      }
      // A page that need not be looked at any more.
      if (NOTABLE.contains(entry.path("result").asText())
          && !entry.path("image_no_longer_required").asBoolean()) {
        found.add(of(entry, blocks.getOrDefault(block, ""), answer));
      }
    }
    return found;
  }

  /** How many conditions of a log had each result. */
  static Map<String, Long> counts(JsonNode log) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode entry : log) {
      String result = entry.path("result").asText();
      if (COUNTED.contains(result)) {
        counts.merge(result, 1L, Long::sum);
      }
    }
    return counts;
  }

  private static Finding of(JsonNode entry, String block, String answer) {
    StringBuilder details = new StringBuilder();
    TELLING.stream()
        .filter(entry::has)
        .forEach(name -> details.append(name).append(": ").append(entry.get(name)).append(' '));
    details.append(answer);
    List<String> requirements = new ArrayList<>();
    entry.path("requirements").forEach(requirement -> requirements.add(requirement.asText()));
    return new Finding(
        entry.path("result").asText(),
        entry.path("src").asText(),
        entry.path("msg").asText(),
        block,
        String.join(", ", requirements),
        details.substring(0, Math.min(SHOWN, details.length())));
  }

  /** One line for people. */
  String text() {
    String where = block.isEmpty() ? "" : " in \"" + block + "\"";
    String clauses = requirements.isEmpty() ? "" : " [" + requirements + "]";
    return "%s %s%s%s: %s %s".formatted(result, condition, clauses, where, message, details);
  }
}
