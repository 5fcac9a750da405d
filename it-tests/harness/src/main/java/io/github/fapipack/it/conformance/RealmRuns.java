package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.ServerFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The runs of one realm, as {@code conformance/REALM.json} describes them over {@code
 * conformance/defaults.json}. Everything in which realms, ecosystems and plans differ is in these
 * files.
 *
 * @param settings of the realm, for all its runs
 */
record RealmRuns(String realm, JsonNode settings) {
  private static final String FOLDER = "/conformance/";

  /** Reads the file of a realm. */
  static RealmRuns of(String realm) {
    JsonNode defaults = read("defaults").orElseThrow();
    JsonNode own =
        read(realm)
            .orElseThrow(
                () ->
                    new ServerFailure("No conformance runs are described for the realm " + realm));
    return new RealmRuns(realm, Template.merge(defaults, own));
  }

  /** The runs whose names match, in the order of the file. */
  List<PlanRun> runs(Pattern name) {
    return settings.path("runs").properties().stream()
        .filter(run -> name.matcher(run.getKey()).find())
        .map(this::run)
        .toList();
  }

  private PlanRun run(Map.Entry<String, JsonNode> run) {
    return new PlanRun(realm, run.getKey(), Template.merge(settings, run.getValue()));
  }

  private static Optional<JsonNode> read(String name) {
    try (InputStream file = RealmRuns.class.getResourceAsStream(FOLDER + name + ".json")) {
      return file == null
          ? Optional.empty()
          : Optional.of(Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
