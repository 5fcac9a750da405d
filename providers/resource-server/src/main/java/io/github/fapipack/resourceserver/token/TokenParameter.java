package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiBody;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The parameter in which a token must not come (RFC 6750 2.2, 2.3). */
final class TokenParameter {
  private static final String NAME = "access_token";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** So many characters has the name if each of them is percent-encoded. */
  private static final int LONGEST_NAME = 3 * NAME.length();

  private TokenParameter() {}

  static boolean isForm(String contentType) {
    String type = contentType.strip();
    return type.regionMatches(true, 0, FORM, 0, FORM.length());
  }

  static boolean isInQuery(String targetUri) {
    int query = targetUri.indexOf('?');
    return query >= 0 && isAmong(targetUri, query + 1);
  }

  static boolean isInForm(ApiBody body) throws RefusedRequest {
    try {
      return isAmong(new String(body.bytes(), StandardCharsets.ISO_8859_1), 0);
    } catch (IOException e) {
      throw new RefusedRequest(
          Problem.TOO_LARGE,
          "the body is longer than this API reads, or ends early",
          "RFC9110 8.6");
    }
  }

  private static boolean isAmong(String parameters, int from) {
    int start = from;
    while (start < parameters.length()) {
      int end = parameters.indexOf('&', start);
      end = end < 0 ? parameters.length() : end;
      if (isName(parameters, start, end)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean isName(String parameters, int start, int end) {
    int length = 0;
    boolean encoded = false;
    while (start + length < end && parameters.charAt(start + length) != '=') {
      encoded |= parameters.charAt(start + length) == '%';
      if (++length > LONGEST_NAME) {
        return false;
      }
    }
    String name = encoded ? decoded(parameters.substring(start, start + length)) : null;
    return name != null
        ? name.equals(NAME)
        : length == NAME.length() && parameters.startsWith(NAME, start);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
