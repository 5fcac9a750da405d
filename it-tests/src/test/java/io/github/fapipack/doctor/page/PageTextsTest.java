package io.github.fapipack.doctor.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's message bundles have all texts of the page, in every language. */
class PageTextsTest {
  private static final Path THEME =
      Path.of(System.getProperty("basedir"))
          .resolveSibling("themes/src/main/resources/theme/fapi/admin");
  private static final Pattern ASKED = Pattern.compile("\\b(t|n)\\(\\s*\"([a-z.]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  /** What dom.js spells out, as nobody sees it. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF]");

  private static final Set<String> FORMS = Set.of("zero", "one", "two", "few", "many", "other");

  private static final String NUMBER = "{0}";

  /** Forms that may omit the number, as Arabic does. */
  private static final Set<String> WITHOUT_NUMBER = Set.of("one", "two");

  /**
   * The languages, and the forms of a number in each (CLDR); where a form is rare, .other stands in
   * for it.
   */
  static Stream<Arguments> languages() {
    return Stream.of(
        Arguments.of("en", Set.of("one", "other")),
        Arguments.of("de", Set.of("one", "other")),
        Arguments.of("es", Set.of("one", "other")),
        Arguments.of("pt_BR", Set.of("one", "other")),
        Arguments.of("ja", Set.of("other")),
        Arguments.of("ar", Set.of("one", "two", "few", "many", "other")));
  }

  private static Properties texts(String language) throws IOException {
    Properties texts = new Properties();
    try (Reader reader =
        Files.newBufferedReader(THEME.resolve("messages/messages_" + language + ".properties"))) {
      texts.load(reader);
    }
    return texts;
  }

  @Test
  void areThereForEveryKeyInTheScripts() throws IOException {
    Set<String> known = texts("en").stringPropertyNames();
    try (Stream<Path> scripts = Files.list(THEME.resolve("resources/js"))) {
      for (Path script : scripts.toList()) {
        ASKED
            .matcher(Files.readString(script))
            .results()
            .map(asked -> "fapi." + asked.group(2) + (asked.group(1).equals("n") ? ".other" : ""))
            .forEach(key -> assertThat(known).as(script.toString()).contains(key));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void sayTheSameInEveryLanguage(String language, Set<String> forms) throws IOException {
    Properties english = texts("en");
    Properties other = texts(language);

    assertThat(other.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(keys(english, forms));
    for (String key : other.stringPropertyNames()) {
      Set<String> said = places(other.getProperty(key));
      if (isNumbered(english, key)) {
        Set<String> wanted = places(english.getProperty(numbered(key) + ".other"));
        if (WITHOUT_NUMBER.contains(form(key))) {
          said.add(NUMBER);
        }
        assertThat(said).as(key).isEqualTo(wanted);
      } else {
        assertThat(said).as(key).isEqualTo(places(english.getProperty(key)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void haveSomethingToSay(String language, Set<String> forms) throws IOException {
    Properties texts = texts(language);

    for (String key : texts.stringPropertyNames()) {
      assertThat(texts.getProperty(key)).as(key).isNotBlank().doesNotContainPattern(HIDDEN);
    }
  }

  /** The keys of a language: those of English, and each number in the forms that it has. */
  private static Set<String> keys(Properties english, Set<String> forms) {
    return english.stringPropertyNames().stream()
        .flatMap(
            key ->
                isNumbered(english, key)
                    ? forms.stream().map(form -> numbered(key) + "." + form)
                    : Stream.of(key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isNumbered(Properties english, String key) {
    return FORMS.contains(form(key))
        && english.containsKey(numbered(key) + ".one")
        && english.containsKey(numbered(key) + ".other");
  }

  private static String numbered(String key) {
    return key.substring(0, key.lastIndexOf('.'));
  }

  private static String form(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
