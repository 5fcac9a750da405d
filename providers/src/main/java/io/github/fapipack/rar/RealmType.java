package io.github.fapipack.rar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.jose.StrictJson;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A type in a realm attribute: one JSON document with {@code schema}, {@code messages} (by language
 * tag) and {@code template}.
 */
final class RealmType {

  private static final int LONGEST = 100_000;

  private RealmType() {}

  /**
   * Parses a type.
   *
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  static AuthorizationDetailsType read(String id, String document) {
    if (document.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
    }
    JsonNode type;
    try {
      type = StrictJson.value(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not valid JSON without duplicate members", e);
    }
    Map<Locale, Map<String, String>> messages = new HashMap<>();
    type.path("messages")
        .properties()
        .forEach(
            language ->
                messages.put(Locale.forLanguageTag(language.getKey()), texts(language.getValue())));
    AuthorizationDetailsType read =
        new AuthorizationDetailsType(
            id,
            new TypeSource(
                type.path("schema"),
                locale -> messages.getOrDefault(locale, Map.of()),
                type.path("template").textValue(),
                false));
    if (!read.id().equals(id)) {
      throw new IllegalArgumentException("x-fapi.type must be the end of the attribute's name");
    }
    return read;
  }

  private static Map<String, String> texts(JsonNode language) {
    Map<String, String> texts = new HashMap<>();
    language.properties().forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
    return Map.copyOf(texts);
  }
}
