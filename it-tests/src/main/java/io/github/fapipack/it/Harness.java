package io.github.fapipack.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Maven tells the harness: where the project, the distribution and a JDK lie. */
public record Harness(Path root, Path distribution, Path serverJavaHome, String launcher) {

  /** Reads the system properties that it-tests/pom.xml sets. */
  public static Harness fromSystemProperties() {
    return new Harness(
        Path.of(required("harness.root")).toAbsolutePath().normalize(),
        Path.of(required("harness.distribution")),
        Path.of(System.getProperty("server.java.home", System.getProperty("java.home"))),
        System.getProperty("harness.launcher", "distribution"));
  }

  /** The two JARs that go into the server's providers folder. */
  public List<Path> jars() {
    return List.of(
        root.resolve("providers/target/keycloak-fapi-providers.jar"),
        root.resolve("themes/target/keycloak-fapi-themes.jar"));
  }

  /** Every realm of the repository, sorted by name. */
  public List<Path> realmExports() {
    Path folder = root.resolve("realm-exports");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder in which a server of the given purpose keeps everything. */
  public Path workFolder(String purpose) {
    return root.resolve("it-tests/target").resolve(purpose);
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null || value.startsWith("${")) {
      throw new ServerFailure(
          "The system property " + property + " is missing; start through Maven (mvn -Pserve).");
    }
    return value;
  }
}
