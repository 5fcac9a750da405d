package io.github.fapipack.resourceserver.message;

import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.jws.Base64Url;
import io.github.fapipack.resourceserver.jws.JoseSignatures;
import io.github.fapipack.resourceserver.jws.JsonObjects;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.message.ErrorStyle.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JWS without its payload, {@code header..signature} (RFC 7515 appendix F), taken apart; nothing
 * says yet that its signature is right.
 *
 * @param encoded the header as sent, which is what is signed
 * @param plain whether the payload is signed as it is, rather than in base64url (RFC 7797 3)
 */
record DetachedHeader(
    String encoded,
    Map<String, Object> members,
    SignatureAlgorithm algorithm,
    boolean plain,
    byte[] signature) {
  static final String ISSUED = "http://openbanking.org.uk/iat";
  static final String ISSUER = "http://openbanking.org.uk/iss";
  static final String TRUST_ANCHOR = "http://openbanking.org.uk/tan";
  static final String PLAIN = "b64";

  private static final int LONGEST = 8192;
  private static final Set<String> CRITICAL = Set.of(ISSUED, ISSUER, TRUST_ANCHOR);

  static DetachedHeader parse(String value, Set<SignatureAlgorithm> allowed) throws BodyFault {
    int dots = value.indexOf("..");
    if (dots < 1 || value.length() > LONGEST || value.indexOf('.', dots + 2) >= 0) {
      throw new BodyFault(
          Fault.MALFORMED, "x-jws-signature must be header and signature with two dots between");
    }
    String encoded = value.substring(0, dots);
    Map<String, Object> members;
    byte[] signature;
    try {
      members = JsonObjects.parse(Base64Url.decode(encoded), LONGEST);
      signature = Base64Url.decode(value.substring(dots + 2));
    } catch (MalformedJws malformed) {
      throw new BodyFault(Fault.MALFORMED, "a part of x-jws-signature " + malformed.sentence());
    }
    Optional<SignatureAlgorithm> algorithm =
        JoseSignatures.algorithm(members.get("alg")).filter(allowed::contains);
    if (algorithm.isEmpty()) {
      throw new BodyFault(
          Fault.CLAIM, "alg of x-jws-signature is not one that this API takes, such as PS256");
    }
    requireCritical(members);
    boolean plain = members.containsKey(PLAIN);
    return new DetachedHeader(encoded, members, algorithm.get(), plain, signature);
  }

  /**
   * The three parameters of Open Banking, which are critical, and the older form with b64, which
   * then is critical too (RFC 7797 6); nothing else, since this API would not know what it means
   * (RFC 7515 4.1.11).
   */
  private static void requireCritical(Map<String, Object> members) throws BodyFault {
    Set<Object> needed = new HashSet<>(CRITICAL);
    if (members.containsKey(PLAIN)) {
      needed.add(PLAIN);
      if (!Boolean.FALSE.equals(members.get(PLAIN))) {
        throw new BodyFault(Fault.CLAIM, "b64 of x-jws-signature must be false, or absent");
      }
    }
    if (!(members.get("crit") instanceof List<?> critical)
        || critical.size() != needed.size()
        || !needed.equals(new HashSet<>(critical))) {
      throw new BodyFault(
          Fault.MISSING_CLAIM,
          "crit of x-jws-signature must list iat, iss and tan of openbanking.org.uk, and b64 if it"
              + " is there, and nothing else");
    }
  }

  Optional<String> text(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** What the signature is over. */
  byte[] input(byte[] content) {
    return input(encoded, plain, content);
  }

  static byte[] input(String encoded, boolean plain, byte[] content) {
    byte[] payload =
        plain ? content : Base64Url.encode(content).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream input = new ByteArrayOutputStream(encoded.length() + 1 + payload.length);
    input.writeBytes(encoded.getBytes(StandardCharsets.US_ASCII));
    input.write('.');
    input.writeBytes(payload);
    return input.toByteArray();
  }
}
