package io.github.fapipack.resourceserver.jws;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;

/** JSON objects of strangers: limited in size and depth, and with each member once. */
public final class JsonObjects {
  private JsonObjects() {}

  /**
   * The members; values are maps, lists, strings, numbers, booleans and nulls.
   *
   * @param longest the limit of the text, in bytes
   * @throws MalformedJws if it is no JSON object in UTF-8, is too long or too deep, or names a
   *     member twice, which two programs could read as two different things (RFC 7515 4)
   */
  public static Map<String, Object> parse(byte[] utf8, int longest) throws MalformedJws {
    if (utf8.length > longest) {
      throw new MalformedJws("is longer than this API reads");
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException otherEncoding) {
      throw new MalformedJws("is not encoded in UTF-8");
    }
  }

  private static Map<String, Object> parse(String text) throws MalformedJws {
    new JsonStructure(text).require();
    try {
      return JSONObjectUtils.parse(text);
    } catch (ParseException notJson) {
      throw new MalformedJws("is not a JSON object");
    }
  }
}
