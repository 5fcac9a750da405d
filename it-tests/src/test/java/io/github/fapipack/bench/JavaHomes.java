package io.github.fapipack.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds JDKs, as {@code -Dbench.java=17,25} names them. */
final class JavaHomes {
  private JavaHomes() {}

  /**
   * The JDK in this folder, or one of this feature version: from {@code JAVA_HOME_17}, as build
   * services set it, this JVM's own, or one beside it.
   */
  static Path find(String folderOrVersion) {
    if (!folderOrVersion.matches("\\d+")) {
      return Path.of(folderOrVersion);
    }
    return candidates(folderOrVersion)
        .filter(home -> feature(home) == Integer.parseInt(folderOrVersion))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no JDK %1$s was found: name its folder in -Dbench.java or JAVA_HOME_%1$s"
                        .formatted(folderOrVersion)));
  }

  /** The version up to its first dot; 0 if the folder holds no JDK. */
  static int feature(Path home) {
    String version = version(home).replaceFirst("\\D.*", "");
    return version.isEmpty() ? 0 : Integer.parseInt(version);
  }

  /** The version that a JDK states; empty if the folder is not a JDK. */
  static String version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return "";
    }
    Properties properties = new Properties();
    try (InputStream content = Files.newInputStream(release)) {
      properties.load(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("JAVA_VERSION", "").replace("\"", "");
  }

  private static Stream<Path> candidates(String version) {
    Path own = Path.of(System.getProperty("java.home"));
    Stream<Path> named =
        Stream.of("JAVA_HOME_" + version, "JAVA_HOME_" + version + "_X64", "JAVA_HOME")
            .map(System::getenv)
            .filter(Objects::nonNull)
            .map(Path::of);
    return Stream.concat(Stream.concat(named, Stream.of(own)), beside(own));
  }

  private static Stream<Path> beside(Path home) {
    try (Stream<Path> all = Files.list(home.getParent())) {
      return all.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
