package io.github.fapipack.resourceserver.request;

import java.util.Locale;
import java.util.Optional;

/**
 * What is left of an http or https URI when different spellings of the same become one (RFC 3986
 * 6.2.2 and 6.2.3): the case of scheme and host, the default port, the empty path, and what need
 * not be percent-encoded. Query and fragment are left out. Dot segments stay, since not every
 * server removes them.
 */
public final class NormalUri {
  private static final int LONGEST = 8_192;
  private static final String HTTPS = "https";
  private static final String HTTP = "http";
  private static final String SCHEME_END = "://";
  private static final String NOT_IN_PATHS = "\"<>\\^`{|}";

  private NormalUri() {}

  /** The normal spelling; empty if it is no such URI, has user information, or is too long. */
  public static Optional<String> of(String uri) {
    int colon = uri.indexOf(SCHEME_END);
    if (uri.length() > LONGEST || colon < 0) {
      return Optional.empty();
    }
    String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals(HTTPS) && !scheme.equals(HTTP)) {
      return Optional.empty();
    }
    int host = colon + SCHEME_END.length();
    int end = first(uri, "?#", host);
    int path = Math.min(first(uri, "/", host), end);
    Optional<String> authority = Authority.normal(uri.substring(host, path), scheme);
    StringBuilder normal = new StringBuilder(end + 1);
    normal.append(scheme).append(SCHEME_END).append(authority.orElse(""));
    boolean good = authority.isPresent() && appendPath(uri, path, end, normal);
    return good ? Optional.of(normal.toString()) : Optional.empty();
  }

  private static int first(String uri, String delimiters, int from) {
    for (int i = from; i < uri.length(); i++) {
      if (delimiters.indexOf(uri.charAt(i)) >= 0) {
        return i;
      }
    }
    return uri.length();
  }

  private static boolean appendPath(String uri, int start, int end, StringBuilder normal) {
    if (start == end) {
      normal.append('/');
    }
    for (int i = start; i < end; i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c > '~' || NOT_IN_PATHS.indexOf(c) >= 0) {
        return false;
      }
      if (c != '%') {
        normal.append(c);
      } else if (i + 2 < end && isHexadecimal(uri, i)) {
        appendOctet(uri, i, normal);
        i += 2;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isHexadecimal(String uri, int percent) {
    return hexadecimal(uri.charAt(percent + 1)) >= 0 && hexadecimal(uri.charAt(percent + 2)) >= 0;
  }

  private static int hexadecimal(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static void appendOctet(String uri, int percent, StringBuilder normal) {
    char high = uri.charAt(percent + 1);
    char low = uri.charAt(percent + 2);
    char octet = (char) (hexadecimal(high) << 4 | hexadecimal(low));
    if (isUnreserved(octet)) {
      normal.append(octet);
    } else {
      normal.append('%').append(Character.toUpperCase(high)).append(Character.toUpperCase(low));
    }
  }

  /** Whether a character is the same encoded and plain (RFC 3986 2.3). */
  public static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
