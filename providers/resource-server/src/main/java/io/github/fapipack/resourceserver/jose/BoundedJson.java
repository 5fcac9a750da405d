package io.github.fapipack.resourceserver.jose;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;

/** JSON objects whose depth is known before they are parsed. */
public final class BoundedJson {
  /** How deep objects and arrays may be nested; authorization details need about six. */
  public static final int DEPTH = 32;

  private BoundedJson() {}

  /**
   * The object in UTF-8, as maps, lists, strings, numbers, booleans and nulls.
   *
   * @throws Malformed if it is not one object, has a member twice at the top, is nested too deeply,
   *     or is not UTF-8
   */
  public static Map<String, Object> object(byte[] utf8) throws Malformed {
    try {
      return object(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new Malformed("the JSON is not UTF-8");
    }
  }

  /** The same of characters. */
  public static Map<String, Object> object(String json) throws Malformed {
    requireShallow(json);
    try {
      return JSONObjectUtils.parse(json);
    } catch (ParseException e) {
      throw new Malformed("it is not a JSON object");
    }
  }

  private static void requireShallow(String json) throws Malformed {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        if (++depth > DEPTH) {
          throw new Malformed("the JSON is nested too deeply");
        }
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (isForeign(c)) {
        // A comment or another kind of quotes would hide brackets from this loop.
        throw new Malformed("it is not a JSON object");
      }
    }
  }

  /** Whether a character can stand nowhere outside of strings. */
  private static boolean isForeign(char c) {
    return c > 'z' || c == '\'' || c == '/' || c == '#' || c == ';' || c == '=';
  }
}
