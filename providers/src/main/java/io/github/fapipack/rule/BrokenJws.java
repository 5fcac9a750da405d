package io.github.fapipack.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.util.JsonSerialization;

/**
 * Finds texts that Keycloak's parser accepts as a signed token although they are not one (RFC 7515
 * 4.1.1, RFC 7519 7.2): the parser accepts {@code null} as header or payload, and two parts instead
 * of three. Keycloak fails later with a server error.
 */
public final class BrokenJws {

  /** Replaces such a text: it is not a token at all, so Keycloak refuses it in the ordinary way. */
  public static final String REPLACEMENT = "malformed";

  private BrokenJws() {}

  /** Whether Keycloak parses a text as a signed token although it is not one. */
  public static boolean is(String text) {
    try {
      JWSInput jws = new JWSInput(text);
      return jws.getHeader() == null
          || jws.getHeader().getAlgorithm() == null
          || !payload(jws).isObject();
    } catch (JWSInputException | IOException e) {
      return false; // Keycloak cannot parse it either and refuses it
    }
  }

  /** A claim as text; null if the text is not a token or has no such claim. */
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
