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
}
