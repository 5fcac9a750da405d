package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts, dates and lengths in the user's language. */
class WordingTest {

  private static Wording in(String language) {
    Properties messages = new Properties();
    messages.setProperty("fapi.length.D", "{0,choice,1#1 day|1<{0} days}");
    messages.setProperty("greeting", "Don''t, {0}!");
    return new Wording(messages, Locale.forLanguageTag(language));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "en;1234.5;EUR;€1,234.50",
        "de;1234.5;EUR;1.234,50 €",
        "pt-BR;1234.5;BRL;R$ 1.234,50",
        "ja;1234;JPY;¥1,234",
        "en;0.12345;EUR;€0.12345",
        "en;1234;JPY;¥1,234",
        "en;1.5;JPY;¥1.5",
        "en;500;XXZ;500 XXZ",
        "en;1e9;EUR;1e9 EUR",
        "en;١٢;EUR;١٢ EUR"
      })
  void saysAmounts(String language, String amount, String currency, String expected) {
    assertThat(in(language).money(amount, currency).replace('\u00A0', ' ').replace('￥', '¥'))
        .isEqualTo(expected);
  }

  @Test
  void neverRoundsAnAmount() {
    assertThat(in("en").money("123456789012345678.123456789", "EUR"))
        .isEqualTo("€123,456,789,012,345,678.123456789");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "en;2026-02-01;February 1, 2026",
        "de;2026-02-01;1. Februar 2026",
        "en;2026-02-30;2026-02-30",
        "en;tomorrow;tomorrow",
        "en;2026-02-01T10:00:00;2026-02-01T10:00:00"
      })
  void saysDates(String language, String date, String expected) {
    assertThat(in(language).date(date)).isEqualTo(expected);
  }

  @Test
  void saysMomentsInTheOffsetThatTheyCameWith() {
    assertThat(in("de").date("2026-02-01T10:00:00Z"))
        .startsWith("1. Februar 2026")
        .endsWith("10:00 (UTC)");
    assertThat(in("de").date("2026-02-01T10:00:00+03:00")).endsWith("10:00 (UTC+03:00)");
  }

  @Test
  void saysLengths() {
    assertThat(in("en").length("P1D")).isEqualTo("1 day");
    assertThat(in("en").length("P90D")).isEqualTo("90 days");
    assertThat(in("en").length("PT1H")).isEmpty();
  }

  @Test
  void keepsWhatIsPutInApartFromOurWords() {
    assertThat(in("en").text("greeting", "{0} ${greeting} \u202Exyz"))
        .isEqualTo("Don't, \u2068{0} ${greeting} ‹U+202E›xyz\u2069!");
    assertThat(in("en").text("it's {0}", "x")).isEqualTo("it's {0}");
  }

  @Test
  void groupsAccountNumbers() {
    assertThat(Wording.account("DE75512108001245126199")).isEqualTo("DE75 5121 0800 1245 1261 99");
    assertThat(Wording.account("savings \u202E1")).isEqualTo("savings ‹U+202E›1");
  }

  @Test
  void hasDigitsOfOneKind() {
    assertThat(in("ar").money("1234.50", "EUR")).contains("1,234.50");
    assertThat(in("ar").date("2030-02-01")).contains("2030");
    assertThat(in("ar").text("fapi.length.D", 90)).isEqualTo("90 days");
    assertThat(in("ar-u-nu-arab").money("1234.50", "EUR")).contains("١٬٢٣٤٫٥٠");
    assertThat(in("ar-u-nu-arab").date("2030-02-01")).contains("٢٠٣٠");
  }
}
