package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes slower among many clients, users, grants, events and realms. */
final class GrowthSuite implements BenchmarkSuite {
  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String question() {
    return "what becomes slower among many clients, users, grants, events and realms?";
  }

  /** Takes too long to run without being chosen. */
  @Override
  public boolean isForEveryRun() {
    return false;
  }

  @Override
  public void run(Path folder) throws IOException {
    List<GrowthPart> parts =
        Arrays.stream(
                BenchSettings.text("growth.parts", "requests,spread,administration,realms")
                    .split(",", -1))
            .map(part -> GrowthPart.valueOf(part.strip().toUpperCase(Locale.ROOT)))
            .toList();
    BenchSettings settings = BenchSettings.fromSystemProperties();
    Cores cores = Cores.find();
    ObjectNode json = Json.object();
    json.set("machine", Json.tree(HttpSignatureSuite.machine()));
    json.put("pinning", cores.toString());
    System.out.printf("%s%n%s%n", String.join(", ", HttpSignatureSuite.machine().values()), cores);
    Path file = folder.resolve(name() + ".json");
    for (GrowthPart part : parts) {
      try {
        json.set(part.name().toLowerCase(Locale.ROOT), part.run(settings, cores));
      } catch (SQLException e) {
        throw new IOException("PostgreSQL refused a statement of this benchmark", e);
      }
      // After each part, as a later one may fail after an hour.
      Files.writeString(file, Json.text(json));
    }
    System.out.println("\n" + file);
  }
}
