package io.github.fapipack.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there: pages, headings, rules, checks. */
class DocumentsTest {
  private static final Path ROOT = GeneratedFile.ROOT;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern RULE =
      Pattern.compile("`(fapi[12]-(?![a-z0-9-]*test-plan)[a-z0-9-]+)`");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`");
  private static final Pattern CHECK = Pattern.compile("`(fapi-[a-z-]+)`");

  static List<Path> documents() {
    return files(ROOT, ".md")
        .filter(file -> !ROOT.relativize(file).toString().matches(".*\\b(target|node_modules)/.*"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) {
    assertThat(found(LINK, FENCE.matcher(read(document)).replaceAll("")))
        .allSatisfy(target -> assertThat(leadsSomewhere(document, target)).isTrue());
  }

  private static boolean leadsSomewhere(Path document, String target) {
    if (target.matches("[a-z]+:.*")) {
      return true; // somewhere else
    }
    String[] parts = target.split("#", 2);
    Path page = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return Files.exists(page) && (parts.length == 1 || anchors(page).contains(parts[1]));
  }

  private static List<String> anchors(Path page) {
    return found(HEADING, FENCE.matcher(read(page)).replaceAll("")).stream()
        .map(DocumentsTest::anchor)
        .toList();
  }

  /** As forges make it of a heading. */
  static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Which certificate is a client's|which-certificate-is-a-clients",
        "What `fapi-ciba` adds, and more|what-fapi-ciba-adds-and-more",
        "See [the README](README.md)|see-the-readme"
      })
  void headingsHaveTheAnchorsOfForges(String heading, String anchor) {
    assertThat(anchor(heading)).isEqualTo(anchor);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void rulesExist(Path document) {
    Set<String> known = new TreeSet<>(found(RULE, read(ROOT.resolve("providers/SETTINGS.md"))));
    assertThat(known).hasSizeGreaterThan(60);
    // Realms, client profiles and files have names that look like a rule's.
    known.addAll(new RealmSources(ROOT.resolve("realm-exports/src")).realms().keySet());

    assertThat(found(RULE, read(document))).allMatch(known::contains);
  }

  @Test
  void theDoctorsChecksAreAllListed() {
    String text = read(ROOT.resolve("providers/DOCTOR.md"));
    String list = text.substring(text.indexOf("one of our checks ("));

    assertThat(new TreeSet<>(found(CHECK, list.substring(0, list.indexOf(").")))))
        .isEqualTo(checks());
  }

  @Test
  void classesOfTheArchitectureExist() {
    Set<String> classes =
        files(ROOT.resolve("providers"), ".java")
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());

    assertThat(found(CLASS, read(ROOT.resolve("ARCHITECTURE.md"))))
        .hasSizeGreaterThan(50)
        .allMatch(classes::contains);
  }

  @Test
  void classesThatTheKitNamesForItsClausesExist() {
    Set<String> classes =
        files(ROOT.resolve("providers/resource-server/src/main"), ".java")
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    List<String> cells =
        read(ROOT.resolve("providers/RESOURCE-SERVERS.md"))
            .lines()
            .filter(line -> line.matches("\\| (FAPI|RFC|Open)[^|]*\\|.*"))
            .map(line -> line.split("\\|")[3])
            .toList();

    assertThat(cells).hasSizeGreaterThan(12);
    assertThat(cells)
        .allSatisfy(
            cell -> assertThat(found(CLASS, cell)).isNotEmpty().allMatch(classes::contains));
  }

  @Test
  void architectureIsShort() {
    assertThat(read(ROOT.resolve("ARCHITECTURE.md")).lines()).hasSizeLessThan(200);
  }

  /** The ids of all checks, as they stand in the classes that make findings. */
  private static Set<String> checks() {
    Pattern id = Pattern.compile("\"(fapi-[a-z-]+)\"");
    return files(ROOT.resolve("providers/src/main/java"), ".java")
        .map(DocumentsTest::read)
        .filter(
            code -> code.contains("new Finding(") || code.matches("(?s).* implements \\w*Check .*"))
        .flatMap(code -> found(id, code).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
