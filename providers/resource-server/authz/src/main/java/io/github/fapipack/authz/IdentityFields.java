package io.github.fapipack.authz;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONArrayUtils;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.Granted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the API is told of a call, in header fields that callers can never set: all of them are
 * always there, so that a proxy overwrites what a caller has sent. Empty means that there is none.
 */
final class IdentityFields {
  static final String SUBJECT = "X-Fapi-Subject";
  static final String CLIENT = "X-Fapi-Client";
  static final String SCOPE = "X-Fapi-Scope";
  static final String GRANT = "X-Fapi-Grant";
  static final String DETAILS = "X-Fapi-Authorization-Details";

  /** For operations that everybody may call. */
  static final List<HttpField> NOBODY =
      List.of(
          new HttpField(SUBJECT, ""),
          new HttpField(CLIENT, ""),
          new HttpField(SCOPE, ""),
          new HttpField(GRANT, ""),
          new HttpField(DETAILS, ""));

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private IdentityFields() {}

  /**
   * The fields of a call.
   *
   * @return empty if they are longer than what a proxy takes
   */
  static Optional<List<HttpField>> of(Granted granted, int limit) {
    List<HttpField> fields =
        List.of(
            new HttpField(SUBJECT, encoded(granted.subject().orElse(""))),
            new HttpField(CLIENT, encoded(granted.clientId())),
            new HttpField(SCOPE, encoded(String.join(" ", new TreeSet<>(granted.scopes())))),
            new HttpField(GRANT, encoded(granted.grantId().orElse(""))),
            new HttpField(DETAILS, details(granted)));
    int length = 0;
    for (HttpField field : fields) {
      length += field.value().length();
    }
    return length > limit ? Optional.empty() : Optional.of(fields);
  }

  private static String details(Granted granted) {
    return granted.details().all().isEmpty()
        ? ""
        : Base64URL.encode(JSONArrayUtils.toJSONString(granted.details().all())).toString();
  }

  /** Percent-encodes what a header field cannot hold, and the percent sign (RFC 3986 2.1). */
  static String encoded(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return percentEncoded(text);
      }
    }
    return text;
  }

  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain((char) (octet & 0xff))) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append(HEX[octet >> 4 & 0xf]).append(HEX[octet & 0xf]);
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '%';
  }
}
