package io.github.fapipack.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private final Template values =
      new Template()
          .with("suite", "https://suite.example")
          .with("keys", Json.parse("{\"keys\": []}"));

  @Test
  void aNameInsideATextIsReplacedByItsText() {
    assertThat(filled("[\"${suite}/callback\"]")).isEqualTo("[\"https://suite.example/callback\"]");
  }

  @Test
  void aTextThatIsOnlyANameIsReplacedByTheValue() {
    assertThat(filled("{\"jwks\": \"${keys}\"}")).isEqualTo("{\"jwks\":{\"keys\":[]}}");
  }

  @Test
  void namedPartsMayContainPartsBeforeThem() {
    values.with(Json.parse("{\"page\": \"${suite}/page\", \"task\": {\"match\": \"${page}*\"}}"));

    assertThat(filled("[\"${task}\"]")).isEqualTo("[{\"match\":\"https://suite.example/page*\"}]");
  }

  @Test
  void aCopyDoesNotChangeTheOriginal() {
    values.copy().with("suite", "https://another.example");

    assertThat(filled("\"${suite}\"")).isEqualTo("\"https://suite.example\"");
  }

  @Test
  void anUnknownNameIsAnError() {
    assertThatThrownBy(() -> filled("{\"a\": \"${unknown}\"}")).hasMessageContaining("${unknown}");
  }

  @Test
  void mergingAddsReplacesAndRemoves() {
    JsonNode merged =
        Template.merge(
            Json.parse("{\"a\": 1, \"b\": {\"c\": [1], \"d\": 2}, \"e\": 3}"),
            Json.parse("{\"b\": {\"c\": [2], \"f\": 4}, \"e\": null}"));

    assertThat(merged).isEqualTo(Json.parse("{\"a\": 1, \"b\": {\"c\": [2], \"d\": 2, \"f\": 4}}"));
  }

  private String filled(String json) {
    return values.fill(Json.parse(json)).toString();
  }
}
