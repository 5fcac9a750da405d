package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bank's texts are shown in the user's language, or else in one that is there. */
class BankTextTest {
  private static final Map<String, String> TEXTS =
      Map.of("en", "Balance", "pt-BR", "Saldo", "ar", "الرصيد", "de", "Kontostand");

  private static Map<String, String> model(Map<String, String> texts, String language) {
    return BankText.model(texts, "CODE", Locale.forLanguageTag(language));
  }

  @ParameterizedTest
  @CsvSource({"pt-BR, pt-BR", "pt, pt-BR", "pt-PT, pt-BR", "ar-SA, ar", "de-AT, de", "ja, en"})
  void takesTheLanguageOfTheUserOrEnglish(String language, String expected) {
    assertThat(model(TEXTS, language))
        .containsEntry("text", TEXTS.get(expected))
        .containsEntry("lang", expected);
  }

  @Test
  void takesAnyLanguageIfThereIsNoOther() {
    assertThat(model(Map.of("ja", "残高"), "de")).containsEntry("text", "残高");
  }

  @Test
  void aTextForAllLanguagesNamesNone() {
    assertThat(model(Map.of("und", "Bob"), "de")).isEqualTo(Map.of("text", "Bob"));
  }

  @Test
  void showsTheCodeIfThereIsNoText() {
    assertThat(model(Map.of(), "de")).isEqualTo(Map.of("text", "CODE"));
    assertThat(model(Map.of("de", " "), "de")).isEqualTo(Map.of("text", "CODE"));
  }

  @Test
  void doesNotShowWhatIsNoLanguageAsOne() {
    assertThat(model(Map.of("\" onclick=\"x", "Text"), "de")).isEqualTo(Map.of("text", "Text"));
  }

  @Property(tries = 300)
  void takesAnyTexts(@ForAll Map<String, String> texts, @ForAll String language) {
    assertThat(model(texts, language)).containsKey("text");
  }
}
