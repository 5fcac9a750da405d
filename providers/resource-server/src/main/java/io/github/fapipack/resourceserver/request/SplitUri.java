package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;

/**
 * The target URI of a request in three parts, which are not checked yet.
 *
 * @param rest path and query; the path is a slash at least
 */
record SplitUri(String scheme, String authority, String rest) {
  private static final String AFTER_SCHEME = "://";

  static SplitUri of(String uri) throws RefusedRequest {
    int colon = uri.indexOf(AFTER_SCHEME);
    if (colon < 0) {
      throw RequestSyntax.malformedUri();
    }
    int host = colon + AFTER_SCHEME.length();
    int end = host;
    while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
      end++;
    }
    String rest = uri.substring(end);
    return new SplitUri(
        uri.substring(0, colon),
        uri.substring(host, end),
        rest.startsWith("/") ? rest : '/' + rest);
  }

  String whole() {
    return scheme + AFTER_SCHEME + authority + rest;
  }
}
