package io.github.fapipack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.GeneratedFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scripts and style sheets of the pages are formatted, and free of what a linter finds. */
class PageSourcesIT {
  private static final Path ROOT = Path.of(System.getProperty("harness.root"));
  private static final Path THEMES = ROOT.resolve("themes/src/main/resources");

  private static PageSources sources;

  @BeforeAll
  static void open() {
    sources = new PageSources();
  }

  @AfterAll
  static void close() {
    sources.close();
  }

  /** The sources of the build that have a formatter, by their path in the repository. */
  private static Map<String, String> formattable() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String folder : List.of("themes/src", "providers/src/main/resources", "it-tests/src")) {
      for (String ending : List.of(".js", ".css")) {
        PageSources.in(ROOT.resolve(folder), ending)
            .forEach((name, text) -> files.put(folder + "/" + name, text));
      }
    }
    return files;
  }

  /** {@code -Dgenerated.update} formats them instead. */
  @Test
  void areFormatted() {
    assertThat(formattable()).hasSizeGreaterThan(20);
    formattable()
        .forEach(
            (name, text) -> new GeneratedFile(name).requireToBe(sources.formatted(name, text)));
  }

  @Test
  void scriptsUseWhatTheyDeclareAndNothingElse() {
    Map<String, String> scripts = new LinkedHashMap<>();
    PageSources.in(THEMES, ".js").forEach((name, text) -> scripts.put("/" + name, text));

    assertThat(sources.faultsOfScripts(scripts)).isEmpty();
  }

  @Test
  void aScriptWithFaultsIsSeen() {
    Map<String, String> scripts =
        Map.of(
            "/one.js",
            "import { two, gone } from './two.js';\n"
                + "const unused = 1;\n"
                + "export const one = () => missing + two;\n",
            "/two.js",
            "export const two = 2;\n");

    assertThat(sources.faultsOfScripts(scripts).toString())
        .contains(
            "no exported member 'gone'", "'unused' is declared", "Cannot find name 'missing'");
  }

  @Test
  void stylesHoldOnlyWhatTheBrowserKnows() {
    PageSources.in(THEMES, ".css")
        .forEach((name, text) -> assertThat(sources.faultsOfStyle(text)).as(name).isEmpty());
    assertThat(
            sources
                .faultsOfStyle("a:hover { colour: red; color: var(--x); width: 1pz }")
                .toString())
        .isEqualTo("[colour: red, width: 1pz]");
  }

  /** Each class that a style names is one that a page, a script or a class of ours writes. */
  @Test
  void stylesNameNoClassThatNobodyWrites() {
    StringBuilder writers = new StringBuilder();
    for (String ending : List.of(".js", ".ftl", ".java")) {
      PageSources.in(ROOT.resolve("themes/src"), ending).values().forEach(writers::append);
      PageSources.in(ROOT.resolve("providers/src/main"), ending).values().forEach(writers::append);
    }
    Set<String> unwritten = new TreeSet<>();
    PageSources.in(THEMES, ".css")
        .values()
        .forEach(
            text ->
                Pattern.compile("\\.(fapi-[a-z_-]+)")
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !isWritten(name, writers))
                    .forEach(unwritten::add));

    assertThat(unwritten).isEmpty();
  }

  /** The whole name, or its beginning before a value. */
  private static boolean isWritten(String name, StringBuilder writers) {
    return writers.indexOf(name) >= 0
        || writers.indexOf(name.substring(0, name.lastIndexOf('-') + 1) + "${") >= 0;
  }
}
