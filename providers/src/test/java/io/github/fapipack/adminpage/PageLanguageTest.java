package io.github.fapipack.adminpage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page has the languages of its texts, and no other. */
class PageLanguageTest {
  private final PageLanguage languages =
      new PageLanguage(Stream.of("en", "de", "pt-BR", "ar").map(Locale::forLanguageTag).toList());

  @ParameterizedTest
  @CsvSource({"de, de", "de-AT, de", "pt-PT, pt-BR", "pt, pt-BR", "ar-EG, ar", "EN-us, en"})
  void knowsALanguageWhateverTheCountry(String asked, String language) {
    assertThat(languages.known(asked)).hasValue(Locale.forLanguageTag(language));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "und", "sv", "x-made-up", "../../etc/passwd", "d e"})
  void makesNoLanguageUp(String asked) {
    assertThat(languages.known(asked)).isEmpty();
  }

  @Test
  void knowsWhatIsWrittenFromRightToLeft() {
    assertThat(List.of("ar", "ar-EG", "de", "ja"))
        .extracting(tag -> PageLanguage.direction(Locale.forLanguageTag(tag)))
        .containsExactly("rtl", "rtl", "ltr", "ltr");
  }
}
