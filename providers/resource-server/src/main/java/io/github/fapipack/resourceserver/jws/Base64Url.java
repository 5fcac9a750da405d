package io.github.fapipack.resourceserver.jws;

import java.util.Base64;

/** Base64url as JOSE writes it: without padding, and with one text for each value (RFC 7515 2). */
public final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Base64Url() {}

  /**
   * The bytes.
   *
   * @throws MalformedJws if the text is none, is padded, or has bits that belong to no byte
   */
  public static byte[] decode(String text) throws MalformedJws {
    int length = text.length();
    boolean whole = length % 4 != 1 && (length == 0 || text.charAt(length - 1) != '=');
    if (whole && length % 4 != 0) {
      // Otherwise several texts would stand for one signature.
      int unused = length % 4 == 2 ? 0b1111 : 0b11;
      whole = (ALPHABET.indexOf(text.charAt(length - 1)) & unused) == 0;
    }
    if (!whole) {
      throw malformed();
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw malformed();
    }
  }

  /** The text without padding. */
  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static MalformedJws malformed() {
    return new MalformedJws("is not base64url without padding");
  }
}
