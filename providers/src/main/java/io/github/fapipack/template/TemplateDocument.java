package io.github.fapipack.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.schema.JsonSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads a template file: JSON that its schema describes. */
final class TemplateDocument {

  /** In characters. */
  private static final int LONGEST = 250_000;

  private static final ObjectReader READER =
      JsonMapper.builder().build().readerFor(TemplateFile.class);

  private static final JsonSchema SCHEMA = new JsonSchema(json(resource("schema.json")));

  private TemplateDocument() {}

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  static Template read(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
    }
    JsonNode document = json(text);
    SCHEMA.violations(document).stream()
        .findFirst()
        .ifPresent(
            violation -> {
              throw new IllegalArgumentException(violation.sentence());
            });
    try {
      return new Template(READER.readValue(document), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return StrictJson.value(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not valid JSON without duplicate members", e);
    }
  }

  /** A file of the pack, as text. */
  static String resource(String name) {
    try (InputStream in = TemplateDocument.class.getResourceAsStream("/fapi-schemes/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
