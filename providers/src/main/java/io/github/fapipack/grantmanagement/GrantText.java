package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The content of a grant, as the JSON that is stored. Numbers keep all of their digits. */
record GrantText(String scopes, String claims, String authorizationDetails) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final TypeReference<LinkedHashSet<String>> NAMES = new TypeReference<>() {};
  private static final TypeReference<List<ObjectNode>> OBJECTS = new TypeReference<>() {};

  static GrantText of(Grant grant) {
    return new GrantText(
        write(grant.scopes()), write(grant.claims()), write(grant.authorizationDetails()));
  }

  /** The objects in the form that they have after being stored and read, for comparisons. */
  static List<ObjectNode> normal(List<ObjectNode> authorizationDetails) {
    return read(write(authorizationDetails), OBJECTS);
  }

  /** An empty object. */
  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Size in bytes of UTF-8. */
  int size() {
    return bytes(scopes) + bytes(claims) + bytes(authorizationDetails);
  }

  Set<String> readScopes() {
    return read(scopes, NAMES);
  }

  Set<String> readClaims() {
    return read(claims, NAMES);
  }

  List<ObjectNode> readAuthorizationDetails() {
    return read(authorizationDetails, OBJECTS);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
