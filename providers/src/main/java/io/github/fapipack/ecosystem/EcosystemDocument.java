package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.schema.JsonSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads a profile file: JSON that its schema describes. */
final class EcosystemDocument {

  /** In characters. */
  private static final int LONGEST = 250_000;

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(EcosystemProfile.class);

  private static final JsonSchema SCHEMA = new JsonSchema(json(resource("schema.json")));

  private EcosystemDocument() {}

  /**
   * Parses a profile.
   *
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  static EcosystemProfile read(String text) {
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
      return READER.readValue(document);
    } catch (ValueInstantiationException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(
          "a member has a wrong value: " + e.getPathReference().replaceAll("[\\w.$]+\\[", "["), e);
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
    try (InputStream in = EcosystemDocument.class.getResourceAsStream("/fapi-ecosystems/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
