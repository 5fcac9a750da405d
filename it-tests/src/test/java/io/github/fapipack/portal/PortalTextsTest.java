package io.github.fapipack.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
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

/** The pages of a directory have all their texts, in every language. */
class PortalTextsTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir")).getParent();
  private static final Path THEME = ROOT.resolve("themes/src/main/resources/theme-resources");
  private static final Path CODE =
      ROOT.resolve("providers/src/main/java/io/github/fapipack/portal");
  private static final String PREFIX = "fapi.scheme.";
  private static final Pattern IN_CODE =
      Pattern.compile("words(?:\\(\\))?\\s*\\.of\\(\\s*\"([a-z.-]+)\"\\s*[,)]");
  private static final Pattern IN_TEMPLATE = Pattern.compile("\"fapi\\.scheme\\.([a-z.-]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  private static Properties texts(String language) throws IOException {
    Properties texts = new Properties();
    try (Reader reader =
        Files.newBufferedReader(THEME.resolve("messages/messages_" + language + ".properties"))) {
      texts.load(reader);
    }
    texts.keySet().removeIf(key -> !((String) key).startsWith(PREFIX));
    return texts;
  }

  @Test
  void areThereForEveryKeyInTheCodeAndTheTemplates() throws IOException {
    Set<String> known = texts("en").stringPropertyNames();
    assertThat(known).isNotEmpty();
    try (Stream<Path> code = Files.list(CODE);
        Stream<Path> templates = Files.list(THEME.resolve("templates"))) {
      for (Path file : Stream.concat(code, templates).filter(Files::isRegularFile).toList()) {
        Pattern asked = file.toString().endsWith(".java") ? IN_CODE : IN_TEMPLATE;
        asked
            .matcher(Files.readString(file))
            .results()
            .map(found -> PREFIX + found.group(1))
            .forEach(key -> assertThat(known).as(file.toString()).contains(key));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "es", "pt_BR", "ja", "ar"})
  void sayTheSameInEveryLanguage(String language) throws IOException {
    Properties english = texts("en");
    Properties other = texts(language);

    assertThat(other.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    for (String key : other.stringPropertyNames()) {
      assertThat(other.getProperty(key)).as(key).isNotBlank();
      assertThat(places(other.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
      assertThat(new MessageFormat(other.getProperty(key)).format(new Object[] {"x", "y", "z"}))
          .as(key)
          .doesNotContain("{");
    }
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
