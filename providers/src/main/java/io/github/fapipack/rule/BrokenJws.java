package io.github.fapipack.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import org.keycloak.util.JsonSerialization;

/**
 * What has the three parts of a signed token, and reads as JSON, but is none (RFC 7515 4.1.1, RFC
 * 7519 7.2): Keycloak takes {@code null} for a header or a payload, and then fails on it.
 */
public final class BrokenJws {

  /** In its place: a text that is no token at all is refused in the ordinary way. */
  public static final String REPLACEMENT = "malformed";

  private BrokenJws() {}

  /** Whether a text looks like a signed token and is none. */
  public static boolean is(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      JsonNode header = json(parts[0]);
      return !header.isObject() || !header.path("alg").isTextual() || !json(parts[1]).isObject();
    } catch (IOException | IllegalArgumentException e) {
      return false; // nobody can read it, and so Keycloak refuses it
    }
  }

  /** A claim as text; null unless the text is a token with such a claim. */
  public static String claim(String text, String name) {
    String[] parts = text.split("\\.", -1);
    try {
      return parts.length == 3 ? json(parts[1]).path(name).textValue() : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static JsonNode json(String part) throws IOException {
    return JsonSerialization.mapper.readTree(Base64.getUrlDecoder().decode(part));
  }
}
