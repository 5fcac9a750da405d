package io.github.fapipack.jose;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads JSON from outside. A duplicate member could be read differently by this server and by
 * another one that signed or logged the text, so such a document is refused (RFC 7515 4, RFC 7519
 * 4), and so is text after the end of a document. Numbers keep their exact digits, because they may
 * be amounts of money.
 */
public final class StrictJson {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .reader();

  /** Reads a part of a document, behind which more of it comes. */
  private static final ObjectReader PARTS =
      READER.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /**
   * Any JSON value.
   *
   * @throws JsonProcessingException if the text is not a single JSON document with distinct members
   */
  public static JsonNode value(String json) throws JsonProcessingException {
    return READER.readTree(json);
  }

  /** A JSON object in UTF-8; empty if the bytes are anything else. */
  public static Optional<ObjectNode> object(byte[] json) {
    try {
      return READER.readTree(json) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a JSON document element by element, so that a large one need not be in memory as a tree.
   *
   * @param place where the array is: names of members, none for the document itself
   * @param elements gets each element of the array
   * @return whether the document has an array at the place
   * @throws IOException if the text is not a single JSON document with distinct members
   */
  public static boolean elements(byte[] json, List<String> place, Consumer<JsonNode> elements)
      throws IOException {
    try (JsonParser parser = PARTS.createParser(json)) {
      boolean found = read(parser, parser.nextToken(), place, elements);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "there is text after the end of the document");
      }
      return found;
    }
  }

  private static boolean read(
      JsonParser parser, JsonToken token, List<String> place, Consumer<JsonNode> elements)
      throws IOException {
    if (place.isEmpty() && token == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.accept(PARTS.readTree(parser));
      }
      return true;
    }
    if (place.isEmpty() || token != JsonToken.START_OBJECT) {
      skip(parser, token);
      return false;
    }
    boolean found = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(place.get(0))) {
        found = read(parser, value, place.subList(1, place.size()), elements);
      } else {
        skip(parser, value);
      }
    }
    return found;
  }

  /** Reads on to the end of a value, which must be JSON all the same. */
  private static void skip(JsonParser parser, JsonToken token) throws IOException {
    if (token == null) {
      throw new JsonParseException(parser, "the document is empty");
    }
    parser.skipChildren();
  }
}
