package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceIndicatorsTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.example, true",
    "https://api.example/a?b=c&d=%20, true",
    "urn:example:a, true",
    "https://api.example#f, false",
    "https://api.example#, false",
    "/a, false",
    "api.example, false",
    "https:, false",
    "'https://api.example/a b', false",
    "'', false",
    "%, false"
  })
  void isAnAbsoluteUriWithoutFragment(String resource, boolean wellFormed) {
    assertThat(ResourceIndicators.isWellFormed(resource)).isEqualTo(wellFormed);
  }

  @Test
  void areOneOrAnArrayInARequestObject() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    assertThat(ResourceIndicators.of(MissingNode.getInstance())).isEmpty();
    assertThat(ResourceIndicators.of(json.textNode("a"))).containsExactly("a");
    assertThat(ResourceIndicators.of(json.arrayNode().add("a").add("b").add("a")))
        .containsExactly("a", "b");
  }
}
