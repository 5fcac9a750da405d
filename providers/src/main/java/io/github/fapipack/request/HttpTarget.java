package io.github.fapipack.request;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The target of a request, for the comparison with a DPoP proof (RFC 9449 4.3-9): without query and
 * fragment, after the syntax-based and scheme-based normalization of RFC 3986 6.2.2 and 6.2.3.
 * Encoded reserved characters stay as they are, and paths are case-sensitive.
 */
public final class HttpTarget {

  private static final String UNRESERVED = "-._~";
  private static final int HEX = 16;

  private HttpTarget() {}

  /** Whether two absolute URIs name the same target; a URI with user information never does. */
  public static boolean areSame(URI one, URI other) {
    return isTarget(one) && isTarget(other) && normal(one).equals(normal(other));
  }

  private static boolean isTarget(URI uri) {
    return uri.isAbsolute() && uri.getHost() != null && uri.getRawUserInfo() == null;
  }

  private static String normal(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
    String port = uri.getPort() == standard || uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return scheme
        + "://"
        + uri.getHost().toLowerCase(Locale.ROOT)
        + port
        + withoutDots(decoded(uri.getRawPath()));
  }

  /**
   * Decodes unreserved characters and writes hexadecimal digits in upper case (RFC 3986 6.2.2.1,
   * 6.2.2.2).
   */
  private static String decoded(String path) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '%') {
        decoded.append(path.charAt(i));
        continue;
      }
      // java.net.URI has checked that two digits follow.
      char meant = (char) Integer.parseInt(path, i + 1, i + 3, HEX);
      decoded.append(
          isUnreserved(meant)
              ? String.valueOf(meant)
              : path.substring(i, i + 3).toUpperCase(Locale.ROOT));
      i += 2;
    }
    return decoded.toString();
  }

  private static boolean isUnreserved(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || UNRESERVED.indexOf(character) >= 0;
  }

  /** RFC 3986 5.2.4 for an absolute path; an empty path becomes the root (6.2.3). */
  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> {
          if (last) {
            kept.addLast("");
          }
        }
        case ".." -> {
          kept.pollLast();
          if (last) {
            kept.addLast("");
          }
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }
}
