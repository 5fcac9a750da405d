package io.github.fapipack.resourceserver.token;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;

/** The token of a request, and the scheme with which it was presented. */
public record PresentedToken(Scheme scheme, String value) {
  /** How many characters a token may have. */
  public static final int LONGEST = 16_384;

  private static final String FIELD = "Authorization";

  /** How a token may be presented. */
  public enum Scheme {
    /** RFC 6750 2.1. */
    BEARER("Bearer"),
    /** RFC 9449 7.1. */
    DPOP("DPoP");

    private final String text;

    Scheme(String text) {
      this.text = text;
    }

    private boolean begins(String credentials) {
      int length = text.length();
      return credentials.regionMatches(true, 0, text, 0, length)
          && (credentials.length() == length || credentials.charAt(length) == ' ');
    }
  }

  /**
   * The token of a request: in the field Authorization, once, and nowhere else. Reads the body only
   * if it is a form.
   */
  public static PresentedToken of(ApiRequest request) throws RefusedRequest {
    String credentials = null;
    boolean isForm = false;
    for (HttpField field : request.fields()) {
      String name = field.name();
      if (name.equalsIgnoreCase(FIELD)) {
        if (credentials != null) {
          throw invalid("the access token came more than once; send the field Authorization once");
        }
        credentials = field.value().strip();
      } else if (name.equalsIgnoreCase("Content-Type")) {
        isForm |= TokenParameter.isForm(field.value());
      }
    }
    refuseElsewhere(request, isForm);
    if (credentials != null) {
      for (Scheme scheme : Scheme.values()) {
        if (scheme.begins(credentials)) {
          return new PresentedToken(scheme, token68(credentials, scheme.text.length()));
        }
      }
    }
    throw new RefusedRequest(
        Problem.NO_TOKEN, "send an access token in the field Authorization", "RFC6750 3");
  }

  private static void refuseElsewhere(ApiRequest request, boolean isForm) throws RefusedRequest {
    if (TokenParameter.isInQuery(request.targetUri())) {
      throw new RefusedRequest(
          Problem.INVALID_REQUEST,
          "the access token is in the query; send it in the field Authorization alone",
          "FAPI2-SP 5.3.4-2");
    }
    if (isForm && TokenParameter.isInForm(request.body())) {
      throw new RefusedRequest(
          Problem.INVALID_REQUEST,
          "the access token is in the body; send it in the field Authorization alone",
          "FAPI2-SP 5.3.4-1");
    }
  }

  /** What follows the scheme and spaces: {@code token68} of RFC 9110 11.2. */
  private static String token68(String credentials, int from) throws RefusedRequest {
    int start = from;
    while (start < credentials.length() && credentials.charAt(start) == ' ') {
      start++;
    }
    if (credentials.length() - start > LONGEST) {
      throw new RefusedRequest(
          Problem.TOO_LARGE, "the access token is longer than this API reads", "RFC9110 5.4");
    }
    int end = credentials.length();
    while (end > start && credentials.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = start; i < end; i++) {
      if (!isOfToken68(credentials.charAt(i))) {
        throw invalid("the access token has a character that no token has; send one token alone");
      }
    }
    if (start == end) {
      throw invalid("the field Authorization has no token after its scheme; send one");
    }
    return credentials.substring(start);
  }

  private static boolean isOfToken68(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '-' && c <= '9')
        || c == '_'
        || c == '~'
        || c == '+';
  }

  private static RefusedRequest invalid(String sentence) {
    return new RefusedRequest(Problem.INVALID_REQUEST, sentence, "RFC6750 2.1");
  }
}
