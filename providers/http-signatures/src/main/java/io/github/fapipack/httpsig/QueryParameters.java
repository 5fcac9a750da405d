package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One parameter of a query, decoded as a form and encoded again (RFC 9421 2.2.8). */
final class QueryParameters {
  private static final String UNENCODED = "*-._";

  private QueryParameters() {}

  /** The value of the parameter with that encoded name, which must occur exactly once. */
  static String value(String query, String encodedName) throws HttpSignatureException {
    String found = null;
    for (String pair : (query.startsWith("?") ? query.substring(1) : query).split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!pair.isEmpty() && recoded(name).equals(encodedName)) {
        if (found != null) {
          throw new HttpSignatureException(
              Reason.UNSUPPORTED, "a query parameter that comes twice must not be covered by name");
        }
        found = recoded(equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    if (found == null) {
      throw new HttpSignatureException(Reason.ABSENT, "the query has no such parameter");
    }
    return found;
  }

  private static String recoded(String text) throws HttpSignatureException {
    byte[] decoded = decode(text);
    try {
      // Otherwise different values that are not UTF-8 would be decoded to the same text.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
    } catch (CharacterCodingException notUtf8) {
      throw new HttpSignatureException(
          Reason.MALFORMED, "the query must be UTF-8 when it is decoded", notUtf8);
    }
    return encode(decoded);
  }

  private static byte[] decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? digit(text.charAt(i + 1)) : -1;
      int low = high >= 0 ? digit(text.charAt(i + 2)) : -1;
      if (low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }

  private static int digit(char c) {
    return Character.digit(c, 16);
  }

  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNENCODED.indexOf(c) >= 0;
      if (plain) {
        text.append(c);
      } else {
        text.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return text.toString();
  }

  private static char hex(int value) {
    return "0123456789ABCDEF".charAt(value & 0xf);
  }
}
