package io.github.fapipack.resourceserver.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A JWS in compact form, taken apart; nothing says yet that its signature is right.
 *
 * @param header the JOSE header; {@code alg} is a text, {@code crit} and {@code b64} are not there
 * @param payload the bytes that are signed
 * @param signingInput what the signature is over
 */
public record CompactJws(
    Map<String, Object> header, byte[] payload, byte[] signingInput, byte[] signature) {
  private static final int LONGEST_HEADER = 4096;
  private static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();

  /**
   * Takes a JWS apart.
   *
   * @param longest how many characters it may have
   * @throws Malformed if it is longer, does not have three parts in base64url, or has a header that
   *     demands something of who reads it
   */
  public static CompactJws parse(String jws, int longest) throws Malformed {
    if (jws.length() > longest) {
      throw new Malformed("the JWT is too long");
    }
    int first = jws.indexOf('.');
    int second = first < 0 ? -1 : jws.indexOf('.', first + 1);
    if (second < 0 || jws.indexOf('.', second + 1) >= 0 || jws.indexOf('=') >= 0) {
      throw new Malformed("it is not a signed JWT with three parts");
    }
    if (first > LONGEST_HEADER) {
      throw new Malformed("the header of the JWT is too long");
    }
    return new CompactJws(
        header(decoded(jws.substring(0, first))),
        decoded(jws.substring(first + 1, second)),
        jws.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
        decoded(jws.substring(second + 1)));
  }

  /** The header parameter {@code alg}. */
  public String algorithm() {
    return (String) header.get("alg");
  }

  /** A header parameter that is a text. */
  public Optional<String> text(String name) {
    return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The payload as JSON. */
  public Map<String, Object> claims() throws Malformed {
    return BoundedJson.object(payload);
  }

  /** Whether the media type in {@code typ} is this one; {@code application/} may be left out. */
  public boolean isOfType(String type) {
    String own = text("typ").orElse("");
    int start = own.regionMatches(true, 0, "application/", 0, 12) ? 12 : 0;
    return own.length() - start == type.length()
        && own.regionMatches(true, start, type, 0, type.length());
  }

  private static Map<String, Object> header(byte[] json) throws Malformed {
    Map<String, Object> header = BoundedJson.object(json);
    if (!(header.get("alg") instanceof String)) {
      throw new Malformed("the header of the JWT has no alg");
    }
    if (header.containsKey("crit") || header.containsKey("b64")) {
      throw new Malformed("the header of the JWT demands extensions");
    }
    return header;
  }

  private static byte[] decoded(String part) throws Malformed {
    try {
      return BASE64URL.decode(part);
    } catch (IllegalArgumentException e) {
      throw new Malformed("a part of the JWT is not base64url");
    }
  }
}
