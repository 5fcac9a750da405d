package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;

/** What a method and a target URI may look like; everything after that relies on it. */
final class RequestSyntax {
  private static final int LONGEST_METHOD = 32;
  private static final String SIGNS_OF_METHODS = "!#$%&'*+.^_`|~-";
  private static final String NEVER_IN_URIS = "\"<>\\^`#";

  private RequestSyntax() {}

  /** RFC 9110 9.1: a token. */
  static void requireMethod(String method) throws RefusedRequest {
    boolean good = !method.isEmpty() && method.length() <= LONGEST_METHOD;
    for (int i = 0; good && i < method.length(); i++) {
      char c = method.charAt(i);
      good = c < 0x80 && (Character.isLetterOrDigit(c) || SIGNS_OF_METHODS.indexOf(c) >= 0);
    }
    if (!good) {
      throw malformed("the method is malformed; send one of HTTP", "RFC9110 9.1");
    }
  }

  /** RFC 9110 7.1: an absolute http or https URI, without user information and fragment. */
  static void requireUri(String uri) throws RefusedRequest {
    boolean good = NormalUri.of(uri).isPresent();
    for (int i = 0; good && i < uri.length(); i++) {
      char c = uri.charAt(i);
      good = c > ' ' && c <= '~' && NEVER_IN_URIS.indexOf(c) < 0;
    }
    if (!good) {
      throw malformedUri();
    }
  }

  static RefusedRequest malformedUri() {
    return malformed(
        "the address of the request is malformed or too long; percent-encode what is not allowed in"
            + " a URI",
        "RFC9110 7.1");
  }

  static RefusedRequest malformed(String sentence, String clause) {
    return new RefusedRequest(Problem.INVALID_REQUEST, sentence, clause);
  }
}
