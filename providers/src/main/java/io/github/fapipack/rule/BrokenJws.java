package io.github.fapipack.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.util.JsonSerialization;

/**
 * What Keycloak's parser takes for a signed token and is none (RFC 7515 4.1.1, RFC 7519 7.2): it
 * reads {@code null} as a header or a payload, and two parts as three, and Keycloak then fails.
 */
public final class BrokenJws {

  /** In its place: a text that is no token at all is refused in the ordinary way. */
  public static final String REPLACEMENT = "malformed";

  private BrokenJws() {}

  /** Whether Keycloak reads a text as a signed token, and it is none. */
  public static boolean is(String text) {
    try {
      JWSInput jws = new JWSInput(text);
      return jws.getHeader() == null
          || jws.getHeader().getAlgorithm() == null
          || !payload(jws).isObject();
    } catch (JWSInputException | IOException e) {
      return false; // nobody can read it, and so Keycloak refuses it
    }
  }

  /** A claim as text; null unless the text is a token with such a claim. */
  public static String claim(String text, String name) {
    try {
      return payload(new JWSInput(text)).path(name).textValue();
    } catch (JWSInputException | IOException e) {
      return null;
    }
  }

  private static JsonNode payload(JWSInput jws) throws IOException {
    return JsonSerialization.mapper.readTree(jws.getContent());
  }
}
