package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of the repository that is generated, whole or in part. Tests compare it with what it
 * should be; with {@code -Dgenerated.update} they write it instead.
 */
public final class GeneratedFile {
  private static final String UPDATE = "generated.update";
  private static final String END = "<!-- end of generated part -->";

  /** The folder of the repository; Surefire names the module's. */
  static final Path ROOT =
      Path.of(System.getProperty("basedir")).resolveSibling(".").normalize().toAbsolutePath();

  private final Path path;

  /**
   * @param path relative to the repository
   */
  public GeneratedFile(String path) {
    this.path = ROOT.resolve(path);
  }

  String read() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requires the file to be this text. */
  public void requireToBe(String wanted) {
    if (System.getProperty(UPDATE) != null) {
      write(wanted);
    }
    assertThat(firstDifference(read(), wanted))
        .as("%s is stale; run: mvn test -D%s", ROOT.relativize(path), UPDATE)
        .isEmpty();
  }

  /** The first line that differs, as it is and as it should be: whole files are long. */
  private static Optional<String> firstDifference(String actual, String wanted) {
    List<String> is = actual.lines().toList();
    List<String> should = wanted.lines().toList();
    for (int i = 0; i < Math.max(is.size(), should.size()); i++) {
      String one = i < is.size() ? is.get(i) : "(the file ends)";
      String other = i < should.size() ? should.get(i) : "(the file should end)";
      if (!one.equals(other)) {
        return Optional.of("line %d: %s%nshould be: %s".formatted(i + 1, one, other));
      }
    }
    return actual.equals(wanted) ? Optional.empty() : Optional.of("line breaks");
  }

  /**
   * Requires the part of the file that follows a comment {@code <!-- generated: name -->} to be
   * this text.
   */
  void requirePart(String name, String wanted) {
    String text = read();
    String begin = "<!-- generated: " + name + " -->\n";
    assertThat(text).contains(begin);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(END, from);
    assertThat(to).as("%s after %s", END, begin).isNotNegative();
    requireToBe(text.substring(0, from) + wanted + text.substring(to));
  }

  private void write(String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
