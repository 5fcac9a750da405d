package io.github.fapipack.rar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.jose.StrictJson;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * A type that is stored in files: {@code schema.json}, {@code messages_<language>.properties} in
 * UTF-8 and named as in Keycloak's themes, and {@code consent.ftl}.
 */
final class TypeFiles {

  private static final String SCHEMA = "schema.json";
  private static final String TEMPLATE = "consent.ftl";
  private static final String MESSAGES = "messages_";
  private static final String PROPERTIES = ".properties";

  private TypeFiles() {}

  /** Whether a file belongs to a type. */
  static boolean isPart(String file) {
    return file.equals(SCHEMA)
        || file.equals(TEMPLATE)
        || (file.startsWith(MESSAGES) && file.endsWith(PROPERTIES));
  }

  /**
   * Parses a type.
   *
   * @param name the folder's name
   * @param files contents by file name
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  static AuthorizationDetailsType read(String name, Map<String, String> files) {
    if (!files.containsKey(SCHEMA)) {
      throw new IllegalArgumentException(SCHEMA + " is missing");
    }
    Map<Locale, Map<String, String>> messages = new HashMap<>();
    files.forEach(
        (file, content) -> {
          if (file.startsWith(MESSAGES)) {
            messages.put(language(file), texts(file, content));
          }
        });
    return new AuthorizationDetailsType(
        name,
        new TypeSource(
            json(files.get(SCHEMA)),
            locale -> messages.getOrDefault(locale, Map.of()),
            files.get(TEMPLATE),
            true));
  }

  private static Locale language(String file) {
    String name = file.substring(MESSAGES.length(), file.length() - PROPERTIES.length());
    return Locale.forLanguageTag(name.replace('_', '-'));
  }

  private static Map<String, String> texts(String file, String content) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(content));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return Map.copyOf(texts);
  }

  private static JsonNode json(String text) {
    try {
      return StrictJson.value(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          SCHEMA + " is not valid JSON without duplicate members", e);
    }
  }
}
