package io.github.fapipack.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Harness;
import io.github.fapipack.it.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/** The pack as it was released before: its JAR, and the realm files in it. */
final class PreviousRelease {
  private final Harness current;

  PreviousRelease(Harness current) {
    this.current = current;
  }

  /** Its providers, with the themes of today, which hold no rules. */
  List<Path> jars() {
    return List.of(providers(), current.jars().get(1));
  }

  private Path providers() {
    return current.root().resolve("it-tests/src/test/previous/keycloak-fapi-providers.jar");
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
