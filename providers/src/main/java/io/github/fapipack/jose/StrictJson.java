package io.github.fapipack.jose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads JSON that somebody else wrote. A member that occurs twice would mean one thing to this
 * server and another to whoever signed or logged it, so there is no such document (RFC 7515 4, RFC
 * 7519 4), nor one with text after its end. Numbers keep the digits they were sent with, because an
 * amount of money is no float.
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

  private StrictJson() {}

  /**
   * Any JSON value.
   *
   * @throws JsonProcessingException if the text is no single JSON document with distinct members
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
}
