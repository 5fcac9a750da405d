package io.github.fapipack.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedValuesTest {

  @Test
  void readsBackWhatItEncoded() {
    NamedValues values =
        new NamedValues().set("scope", "openid a&b=c").add("empty", "").add("text", "\u00e4+ %");

    assertThat(NamedValues.parse(values.encode()).entries()).isEqualTo(values.entries());
  }

  @Test
  void keepsDuplicatesInOrder() {
    assertThat(NamedValues.parse("a=1&b=2&a=3").all("a")).containsExactly("1", "3");
  }

  @Test
  void setReplacesEveryValueWhateverTheCaseOfTheName() {
    NamedValues values = new NamedValues().add("DPoP", "1").add("dpop", "2").set("Dpop", "3");

    assertThat(values.all("DPoP")).containsExactly("3");
  }

  @Test
  void setToNullRemoves() {
    assertThat(NamedValues.parse("a=1&a=2&b=3").set("a", null).encode()).isEqualTo("b=3");
  }

  @Test
  void readsNamesWithoutValueAndNothingAtAll() {
    assertThat(NamedValues.parse("a&b=").encode()).isEqualTo("a=&b=");
    assertThat(NamedValues.parse("").entries()).isEmpty();
    assertThat(NamedValues.parse(null).entries()).isEmpty();
  }
}
