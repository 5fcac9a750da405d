package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import java.util.Locale;

/** The parts of a target URI, split at the delimiters of RFC 3986 and otherwise unchanged. */
record TargetUri(String scheme, String authority, String path, String query) {
  private static final int LONGEST = 65_536;
  private static final String AFTER_SCHEME = "://";

  static TargetUri of(String uri) throws HttpSignatureException {
    requireWritable(uri);
    int colon = uri.indexOf(AFTER_SCHEME);
    int host = colon + AFTER_SCHEME.length();
    int question = uri.indexOf('?', Math.max(host, 0));
    int query = question < 0 ? uri.length() : question;
    int slash = uri.indexOf('/', Math.max(host, 0));
    int path = slash < 0 || slash > query ? query : slash;
    if (colon <= 0 || !isScheme(uri.substring(0, colon)) || host == path) {
      throw malformed();
    }
    String authority = uri.substring(host, path).toLowerCase(Locale.ROOT);
    if (authority.indexOf('@') >= 0) {
      throw malformed();
    }
    String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
    return new TargetUri(
        scheme,
        withoutDefaultPort(scheme, authority),
        path == query ? "/" : uri.substring(path, query),
        uri.substring(query));
  }

  private static void requireWritable(String uri) throws HttpSignatureException {
    boolean good = uri.length() <= LONGEST;
    for (int i = 0; good && i < uri.length(); i++) {
      char c = uri.charAt(i);
      good = c > ' ' && c <= '~' && c != '#';
    }
    if (!good) {
      throw malformed();
    }
  }

  private static boolean isScheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
      if (!letter && !(i > 0 && other)) {
        return false;
      }
    }
    return true;
  }

  /** RFC 9110 4.2.3: a default port is equivalent to none. */
  private static String withoutDefaultPort(String scheme, String authority) {
    String port = scheme.equals("https") ? ":443" : scheme.equals("http") ? ":80" : null;
    return port != null && authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }

  private static HttpSignatureException malformed() {
    return new HttpSignatureException(
        Reason.MALFORMED,
        "the target URI must be absolute, in ASCII, without user information and fragment");
  }
}
