package io.github.fapipack.resourceserver.request;

import java.util.Locale;
import java.util.Optional;

/** Host and port of a URI: a name in ASCII, an IPv4 address, or an IPv6 address in brackets. */
final class Authority {
  private static final int LONGEST = 300;
  private static final int LARGEST_PORT = 65_535;

  private Authority() {}

  /** In lower case and without the default port; empty if it is none, or has user information. */
  static Optional<String> normal(String text, String scheme) {
    int end = hostEnd(text);
    if (end <= 0 || text.length() > LONGEST) {
      return Optional.empty();
    }
    String host = text.substring(0, end).toLowerCase(Locale.ROOT);
    if (end == text.length() || end + 1 == text.length()) {
      // RFC 3986 6.2.3: a colon without a port means no port.
      return Optional.of(host);
    }
    int port = port(text.substring(end + 1));
    if (port < 0) {
      return Optional.empty();
    }
    boolean isDefault = port == (scheme.equals("https") ? 443 : 80);
    return Optional.of(isDefault ? host : host + ':' + port);
  }

  /** Whether there is a port in it. */
  static boolean hasPort(String text) {
    int end = hostEnd(text);
    return end > 0 && end < text.length();
  }

  /** The port that the text is; negative if it is none. */
  static int port(String text) {
    int port = text.isEmpty() || text.length() > 5 ? -1 : 0;
    for (int i = 0; port >= 0 && i < text.length(); i++) {
      char c = text.charAt(i);
      port = c >= '0' && c <= '9' ? port * 10 + c - '0' : -1;
    }
    return port == 0 || port > LARGEST_PORT ? -1 : port;
  }

  /** Where the host ends, which is at the end or at a colon; negative if it is no host. */
  private static int hostEnd(String text) {
    boolean isV6 = text.startsWith("[");
    int i = isV6 ? 1 : 0;
    while (i < text.length() && isOfHost(text.charAt(i), isV6)) {
      i++;
    }
    if (isV6) {
      i = i < text.length() && i > 1 && text.charAt(i) == ']' ? i + 1 : -1;
    }
    return i >= 0 && (i == text.length() || text.charAt(i) == ':') ? i : -1;
  }

  private static boolean isOfHost(char c, boolean isV6) {
    if (isV6) {
      return c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0);
    }
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_';
  }
}
