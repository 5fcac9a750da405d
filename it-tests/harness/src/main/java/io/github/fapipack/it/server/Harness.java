package io.github.fapipack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Maven's settings for the harness: the locations of the project, the distribution and a JDK.
 *
 * @param jars what goes into the server's providers folder
 */
public record Harness(
    Path root, Path distribution, Path serverJavaHome, String launcher, List<Path> jars) {

  public Harness {
    jars = List.copyOf(jars);
  }

  /** Reads the system properties that the poms of it-tests set. */
  public static Harness fromSystemProperties() {
    Path root = Path.of(required("harness.root")).toAbsolutePath().normalize();
    return new Harness(
        root,
        Path.of(required("harness.distribution")),
        Path.of(System.getProperty("server.java.home", System.getProperty("java.home"))),
        System.getProperty("harness.launcher", "distribution"),
        List.of(
            root.resolve("providers/target/keycloak-fapi-providers.jar"),
            root.resolve("themes/target/keycloak-fapi-themes.jar")));
  }

  /** The same for a Keycloak without the pack. */
  public Harness withoutPack() {
    return withOnly(List.of());
  }

  /** The same with only these JARs in the providers folder. */
  public Harness withOnly(List<Path> others) {
    return new Harness(root, distribution, serverJavaHome, launcher, others);
  }

  /** The same with more JARs in the providers folder. */
  public Harness withJars(List<Path> more) {
    return new Harness(
        root,
        distribution,
        serverJavaHome,
        launcher,
        Stream.concat(jars.stream(), more.stream()).toList());
  }

  /** The same with another JDK for the server. */
  public Harness withServerJavaHome(Path javaHome) {
    return new Harness(root, distribution, javaHome, launcher, jars);
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

  /**
   * The folder for all files of a server with the given purpose; a different one in each of several
   * parallel test JVMs.
   */
  public Path workFolder(String purpose) {
    String fork = System.getProperty("harness.fork", "1");
    return target().resolve(fork.equals("1") ? purpose : purpose + "-" + fork);
  }

  /** The folder for reports of the tests. */
  public Path reportFolder(String content) {
    return target().resolve(content);
  }

  private Path target() {
    return root.resolve("it-tests/target");
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
