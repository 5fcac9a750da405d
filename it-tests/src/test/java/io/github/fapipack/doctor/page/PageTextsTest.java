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
import org.junit.jupiter.params.provider.ValueSource;

/** The page's message bundles say everything that the page asks for, in every language. */
class PageTextsTest {
  private static final Path THEME =
      Path.of(System.getProperty("basedir"))
          .resolveSibling("themes/src/main/resources/theme/fapi/admin");
  private static final Pattern ASKED = Pattern.compile("\\b(t|n)\\(\\s*\"([a-z.]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

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
  @ValueSource(strings = "de")
  void sayTheSameInEveryLanguage(String language) throws IOException {
    Properties english = texts("en");
    Properties other = texts(language);

    assertThat(other.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(places(other, key)).as(key).isEqualTo(places(english, key));
    }
  }

  private static Set<String> places(Properties texts, String key) {
    return PLACE
        .matcher(texts.getProperty(key))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
