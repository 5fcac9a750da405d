package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ties every clause that the pack claims to an accepting and a refusing test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTableTest {
  private static final String BEGIN = "<!-- conformance table: generated, see Develop -->\n";
  private static final String END = "<!-- end of conformance table -->";

  /** Surefire names the module's folder. */
  private final Path root =
      Path.of(System.getProperty("basedir")).resolveSibling(".").normalize().toAbsolutePath();

  private final ConformanceTable table = ConformanceTable.read(root);

  Stream<Arguments> claims() {
    return table.clauses().entrySet().stream()
        .flatMap(
            (Map.Entry<String, List<String>> rule) ->
                rule.getValue().stream().map(clause -> Arguments.of(rule.getKey(), clause)));
  }

  @ParameterizedTest(name = "{1} of {0}")
  @MethodSource("claims")
  void hasATestThatAcceptsAndOneThatRejects(String rule, String clause) {
    assertThat(table.accepting(clause)).as("tests with @Accepts(\"%s\")", clause).isNotEmpty();
    assertThat(table.rejecting(clause)).as("tests with @Rejects(\"%s\")", clause).isNotEmpty();
  }

  @Test
  void standsBesideTheReadme() throws IOException {
    requireUpToDate("CONFORMANCE.md", table.markdown());
  }

  @Test
  void isSummedUpInTheReadme() throws IOException {
    requireUpToDate("README.md", table.summary());
  }

  /** {@code -Dconformance.update} writes the table instead. */
  private void requireUpToDate(String file, String content) throws IOException {
    Path path = root.resolve(file);
    String text = Files.readString(path);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String wanted = text.substring(0, begin) + content + text.substring(end);
    if (System.getProperty("conformance.update") != null) {
      Files.writeString(path, wanted);
    } else {
      assertThat(text).as(file + " is stale; run: mvn test -Dconformance.update").isEqualTo(wanted);
    }
  }
}
