package io.github.fapipack.httpsig;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The messages of RFC 9421 Appendix B.2, and how to sign one. */
final class Rfc9421 {
  static final Instant CREATED = Instant.ofEpochSecond(1618884473);

  static final String REQUEST_DIGEST =
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXv"
          + "Jwew==:";
  static final String RESPONSE_DIGEST =
      "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aG"
          + "gfLQ==:";
  static final String REQUEST_CONTENT = "{\"hello\": \"world\"}";
  static final String RESPONSE_CONTENT = "{\"message\": \"good dog\"}";

  static final RequestMessage REQUEST =
      new RequestMessage(
          "POST",
          "https://example.com/foo?param=Value&Pet=dog",
          fields(
              "Host: example.com",
              "Date: Tue, 20 Apr 2021 02:07:55 GMT",
              "Content-Type: application/json",
              "Content-Digest: " + REQUEST_DIGEST,
              "Content-Length: 18"));

  static final ResponseMessage RESPONSE =
      new ResponseMessage(
          200,
          fields(
              "Date: Tue, 20 Apr 2021 02:07:56 GMT",
              "Content-Type: application/json",
              "Content-Digest: " + RESPONSE_DIGEST,
              "Content-Length: 23"),
          REQUEST);

  private Rfc9421() {}

  static List<HttpField> fields(String... lines) {
    return Arrays.stream(lines)
        .map(line -> line.split(":", 2))
        .map(parts -> new HttpField(parts[0], parts[1]))
        .toList();
  }

  static List<HttpField> signature(String label, String input, String signature) {
    return fields(
        "Signature-Input: " + label + "=" + input, "Signature: " + label + "=:" + signature + ":");
  }

  /** The signature base for the one signature of a message. */
  static String base(HttpMessage message) throws HttpSignatureException {
    SignatureHeaders headers = SignatureHeaders.of(message);
    return SignatureBase.of(message, headers.input(headers.labels().get(0)), FieldTypes.REGISTERED);
  }

  /** The value of one component, out of the signature base. */
  static String value(HttpMessage message, Component component) throws HttpSignatureException {
    return value(message, component, FieldTypes.REGISTERED);
  }

  static String value(HttpMessage message, Component component, FieldTypes types)
      throws HttpSignatureException {
    String base = SignatureBase.of(message, SignatureInput.covering(List.of(component)), types);
    String line = base.substring(0, base.indexOf('\n'));
    return line.substring(component.identifier().length() + 2);
  }

  static Clock clockAt(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  static VerificationPolicy policy() {
    return VerificationPolicy.at(clockAt(CREATED));
  }

  static VerifiedSignature verify(HttpMessage message, VerifyingKey key)
      throws HttpSignatureException {
    return new MessageVerifier(policy(), input -> Optional.of(key)).verify(message);
  }
}
