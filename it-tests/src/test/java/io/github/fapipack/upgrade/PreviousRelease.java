package io.github.fapipack.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.Harness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/** The previous release of the pack: its JARs, and the realm files in them. */
final class PreviousRelease {
  private final Path folder;

  PreviousRelease(Harness current) {
    this.folder = current.root().resolve("it-tests/src/test/previous");
  }

  /** Its providers and its themes, which fit only each other. */
  List<Path> jars() {
    return List.of(providers(), folder.resolve("keycloak-fapi-themes.jar"));
  }

  private Path providers() {
    return folder.resolve("keycloak-fapi-providers.jar");
  }

  /** One of its realm files. */
  JsonNode realm(String name) {
    try (ZipFile jar = new ZipFile(providers().toFile())) {
      return Json.parse(
          new String(
              jar.getInputStream(jar.getEntry("fapi-profiles/" + name + ".json")).readAllBytes(),
              StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
