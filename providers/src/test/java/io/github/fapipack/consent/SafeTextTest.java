package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client writes cannot hide, turn around, or leave its line. */
class SafeTextTest {

  @Test
  void leavesOrdinaryTextAlone() {
    for (String text :
        new String[] {"Café Ünïcode GmbH", "متجر الكتب", "株式会社", "👨‍👩‍👧 family", "می‌خواهم"}) {
      assertThat(SafeText.of(text)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x202A,
        0x202B,
        0x202C,
        0x202D,
        0x202E,
        0x2066,
        0x2067,
        0x2068,
        0x2069,
        0x200E,
        0x200F,
        0x061C,
        0x200B,
        0x2060,
        0xFEFF,
        0x00AD,
        0x0000,
        0x001B,
        0x0085 + 1,
        0xE000,
        0x3164,
        0x2800,
        0xE0041
      })
  void showsWhatCannotBeSeen(int character) {
    String text = "a" + Character.toString(character) + "b";

    assertThat(SafeText.of(text)).isEqualTo(String.format("a‹U+%04X›b", character));
  }

  @Test
  void staysOnOneLine() {
    assertThat(SafeText.of("a\nb\r\tc\u2028d\u2003e\u00A0f\u3000g\u0085h"))
        .isEqualTo("a b  c d e f g‹U+0085›h");
  }

  @Test
  void letsNoMarksPileUp() {
    assertThat(SafeText.of("e" + "\u0301".repeat(50)).codePoints().filter(c -> c == 0x0301).count())
        .isEqualTo(4);
  }

  @Test
  void shortensBetweenCharacters() {
    assertThat(SafeText.of("😀😀😀😀", 3)).isEqualTo("😀😀…");
    assertThat(SafeText.of("abc", 3)).isEqualTo("abc");
  }

  @Property
  void neverTurnsOurWordsAround(@ForAll String text) {
    String sentence = "Pay " + SafeText.within(text) + " now";

    // Our words at both ends keep their direction, whatever stands between them.
    Bidi bidi = new Bidi(sentence, Bidi.DIRECTION_LEFT_TO_RIGHT);
    assertThat(bidi.getLevelAt(0)).isZero();
    assertThat(bidi.getLevelAt(sentence.length() - 1)).isZero();
    assertThat(SafeText.of(text)).doesNotContain("\u2069", "\u202E", "\n");
  }
}
