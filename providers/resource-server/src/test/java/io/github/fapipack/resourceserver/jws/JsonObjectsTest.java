package io.github.fapipack.resourceserver.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectsTest {

  @Test
  void anObjectIsRead() throws Exception {
    assertThat(parse(" {\"a\": [1, {\"b\": \"}\\\"{\"}], \"c\": null, \"d\": true, \"e\": {}}\n"))
        .containsEntry("a", List.of(1L, Map.of("b", "}\"{")))
        .containsEntry("c", null)
        .containsEntry("d", true)
        .containsEntry("e", Map.of());
  }

  @Test
  void theSameNameInTwoObjectsIsFine() throws Exception {
    assertThat(parse("{\"a\":{\"a\":[{\"a\":\"a\"},{\"a\":1}]}}")).containsOnlyKeys("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"jwk\":{\"x\":\"1\",\"x\":\"2\"}}",
        "{\"l\":[{\"x\":1,\"y\":[],\"x\":2}]}",
        "{\"jwk\":{\"x\":\"1\",\"\\u0078\":\"2\"}}",
        "{\"o\":{\"a/b\":\"1\",\"a\\/b\":\"2\"}}",
        "{\"o\":{\"a\\nb\":\"1\",\"a\\u000ab\" : \"2\"}}"
      })
  void aMemberThatComesTwiceIsRefusedAtAnyDepth(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(MalformedJws.class)
        .hasMessage("has a member twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "[{}]",
        "1",
        "\"a\"",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "/**/{}",
        "{\"a\"}",
        "{]",
        "{\"a\":[\"b\":1]}",
        "{\"\\u00zz\":1}",
        "{\"\\u0\":1}",
        "{\"a\\",
        "{\"a",
        "{\"a\":1e999}"
      })
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJws.class);
  }

  @Test
  void deepNestingIsRefusedBeforeItIsParsed() throws Exception {
    assertThat(parse(nested(15))).isNotEmpty();
    assertThatThrownBy(() -> parse(nested(16))).hasMessageContaining("deeper");
    assertThatThrownBy(() -> parse(nested(40_000))).hasMessageContaining("deeper");
  }

  private static String nested(int arrays) {
    return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
  }

  @Test
  void aLongTextIsRefused() {
    assertThatThrownBy(() -> JsonObjects.parse(new byte[11], 10)).hasMessageContaining("longer");
  }

  @Test
  void anotherEncodingIsRefused() {
    byte[] latin = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> JsonObjects.parse(latin, 100)).hasMessageContaining("UTF-8");
  }

  private static Map<String, Object> parse(String text) throws MalformedJws {
    return JsonObjects.parse(text.getBytes(StandardCharsets.UTF_8), 100_000);
  }
}
