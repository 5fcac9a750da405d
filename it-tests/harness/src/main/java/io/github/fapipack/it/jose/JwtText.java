package io.github.fapipack.it.jose;

import com.nimbusds.jose.util.Base64URL;

/** Shows JWTs and other long values in a readable form. */
public final class JwtText {
  private static final int LONG = 100;
  private static final int KEPT = 40;

  private JwtText() {}

  /** Header and claims of a JWT, one line each; other texts are only shortened. */
  public static String decoded(String token) {
    String[] parts = token.split("\\.", -1);
    // Every JWS begins with the encoded opening brace and quotation mark.
    if (parts.length != 3 || !token.startsWith("eyJ")) {
      return shortened(token);
    }
    return new Base64URL(parts[0]).decodeToString()
        + "\n"
        + new Base64URL(parts[1]).decodeToString();
  }

  /** The beginning of a long value, and its length. */
  public static String shortened(String value) {
    return value.length() <= LONG
        ? value
        : value.substring(0, KEPT) + "... (" + value.length() + " characters)";
  }
}
