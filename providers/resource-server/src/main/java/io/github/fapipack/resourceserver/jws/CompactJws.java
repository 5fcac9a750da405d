package io.github.fapipack.resourceserver.jws;

import io.github.fapipack.httpsig.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JWS in compact serialization whose payload is a JSON object: a JWT. Parsed means nothing but
 * that; {@link #isSignedBy} tells whether to believe it.
 */
public final class CompactJws {
  private static final String APPLICATION = "application/";

  private final String text;
  private final int secondDot;
  private final SignatureAlgorithm algorithm;
  private final Map<String, Object> header;
  private final Map<String, Object> claims;
  private final byte[] signature;

  private CompactJws(
      String text,
      int secondDot,
      SignatureAlgorithm algorithm,
      Map<String, Object> header,
      Map<String, Object> claims,
      byte[] signature) {
    this.text = text;
    this.secondDot = secondDot;
    this.algorithm = algorithm;
    this.header = header;
    this.claims = claims;
    this.signature = signature;
  }

  /**
   * Parses, without verifying.
   *
   * @param longest how many characters are read at most
   * @param allowed the only algorithms that count
   * @throws MalformedJws if it is no such JWS, has another algorithm, or demands with {@code crit}
   *     what this library does not know (RFC 7515 4.1.11)
   */
  public static CompactJws parse(String text, int longest, Set<SignatureAlgorithm> allowed)
      throws MalformedJws {
    if (text.length() > longest) {
      throw new MalformedJws("is longer than this API reads");
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first <= 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
      throw new MalformedJws("is not a JWS in compact serialization");
    }
    Map<String, Object> header = json(text.substring(0, first));
    if (header.containsKey("crit")) {
      throw new MalformedJws("has the header parameter crit, which this API does not know");
    }
    SignatureAlgorithm algorithm =
        JoseSignatures.algorithm(header.get("alg"))
            .filter(allowed::contains)
            .orElseThrow(() -> new MalformedJws("has an algorithm that this API does not take"));
    Map<String, Object> claims = json(text.substring(first + 1, second));
    byte[] signature = Base64Url.decode(text.substring(second + 1));
    return new CompactJws(text, second, algorithm, header, claims, signature);
  }

  private static Map<String, Object> json(String part) throws MalformedJws {
    return JsonObjects.parse(Base64Url.decode(part), part.length());
  }

  /** Whether this key has signed it. */
  public boolean isSignedBy(PublicKey key) {
    byte[] input = text.substring(0, secondDot).getBytes(StandardCharsets.US_ASCII);
    return JoseSignatures.verify(algorithm, key, input, signature);
  }

  /** The algorithm, which is one of the allowed. */
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** The header parameters. */
  public Map<String, Object> header() {
    return header;
  }

  /** A header parameter that is a text. */
  public Optional<String> header(String name) {
    return header.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
  }

  /**
   * Whether {@code typ} is this media type; {@code application/} may be left out (RFC 7515 4.1.9).
   */
  public boolean isOfType(String type) {
    String own = header("typ").orElse("");
    int start =
        own.regionMatches(true, 0, APPLICATION, 0, APPLICATION.length()) ? APPLICATION.length() : 0;
    return own.length() - start == type.length()
        && own.regionMatches(true, start, type, 0, type.length());
  }

  /** The members of the payload. */
  public Map<String, Object> claims() {
    return claims;
  }

  /** A claim that is a text. */
  public Optional<String> claim(String name) {
    return claims.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
  }
}
