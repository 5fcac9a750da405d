package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md names what is there: classes, tests, clauses. */
class SecurityDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir")).getParent();
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`");
  private static final Pattern CLAUSE =
      Pattern.compile("\\b(FAPI2-(?:SP|MS|HS) [0-9][0-9.]*-[0-9]+)\\b");
  private static final Pattern RULE = Pattern.compile("`(fapi2-[a-z-]+)`");

  private final String text = read(ROOT.resolve("SECURITY.md"));

  @Test
  void namesClassesThatExist() {
    Set<String> classes = classes();

    assertThat(found(CLASS, text)).isNotEmpty().allMatch(classes::contains);
  }

  @Test
  void namesClausesThatAreHeld() {
    List<String> held = found(CLAUSE, read(ROOT.resolve("CONFORMANCE.md")));

    assertThat(found(CLAUSE, text)).isNotEmpty().allMatch(held::contains);
  }

  @Test
  void namesRulesThatExist() {
    Set<String> classes = classes();

    assertThat(found(RULE, text))
        .isNotEmpty()
        .allMatch(rule -> classes.contains(className(rule.substring("fapi2-".length()))));
  }

  @Test
  void hasATestForEveryAttackerAndEveryLimit() {
    List<String> rows =
        text.lines().filter(line -> line.startsWith("| ")).filter(row -> !isHead(row)).toList();

    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows)
        .allSatisfy(
            row -> {
              String last = row.substring(row.lastIndexOf('|', row.length() - 2));
              assertThat(found(CLASS, last))
                  .isNotEmpty()
                  .allMatch(name -> name.matches(".*(IT|Test)"));
            });
  }

  private static boolean isHead(String row) {
    return row.startsWith("| Attacker |") || row.startsWith("| What |");
  }

  private static String className(String rule) {
    return Stream.of(rule.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static Set<String> classes() {
    try (Stream<Path> providers = Files.walk(ROOT.resolve("providers"));
        Stream<Path> harness = Files.walk(ROOT.resolve("it-tests/harness/src"));
        Stream<Path> tests = Files.walk(ROOT.resolve("it-tests/src"))) {
      return Stream.of(providers, harness, tests)
          .flatMap(files -> files)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
