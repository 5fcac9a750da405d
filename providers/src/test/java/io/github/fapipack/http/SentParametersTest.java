package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentParametersTest {

  @ParameterizedTest
  @CsvSource({
    "a=1&b=2, a=1&b=2",
    "a=1&b=, a=1",
    "a=&b=2&c, b=2",
    "a=, ''",
    "a=+&b=, a=+",
    "a==&b=, a==",
    "a=%&%=&c=, a=%",
    "a=&a=1, a=&a=1",
    "a=&a=, a=&a=",
    "a=&%61=1&b=, a=&%61=1",
    "resource=&resource=x, resource=x",
    "resource=&resource=, ''",
    "'', ''"
  })
  void leavesOutWhatHasNoValueAndStandsOnce(String sent, String read) {
    assertThat(SentParameters.of(sent, Set.of())).isEqualTo(read);
  }

  @Test
  void keepsWhatStandsElsewhereToo() {
    assertThat(SentParameters.of("a=&b=", Set.of("a"))).isEqualTo("a=");
  }
}
