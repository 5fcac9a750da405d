package io.github.fapipack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What strangers send: pieces of the grammar in a wrong order, and plain noise. */
public final class Garbage {
  private static final int MOST_PIECES = 25;
  private static final int LONGEST_NOISE = 60;

  /** Values that look like a number of seconds, and do not fit where one is expected. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1700000000",
          "1.5",
          "1e3",
          "1e99",
          "1e999999999",
          "-0",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "123456789012345678901234567890");

  private Garbage() {}

  /** Texts of such pieces, or of any characters. */
  public static Arbitrary<String> text(String... pieces) {
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            Arbitraries.of(pieces)
                .list()
                .ofMaxSize(MOST_PIECES)
                .map(list -> String.join("", list))),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(LONGEST_NOISE)),
        Tuple.of(1, Arbitraries.strings().ascii().ofMaxLength(LONGEST_NOISE)));
  }

  /** An object with these members, each there or not, or twice, with whatever value. */
  public static Arbitrary<String> object(String... members) {
    Arbitrary<String> member =
        Combinators.combine(Arbitraries.of(members), values(2))
            .as((name, value) -> '"' + name + "\":" + value);
    return Arbitraries.frequencyOf(
        Tuple.of(5, member.list().ofMaxSize(members.length + 1).map(all -> "{" + join(all) + "}")),
        Tuple.of(1, values(2)),
        Tuple.of(1, text("{", "}", "[", "]", "\"", ":", ",", "1", "null", "\\u", "a", " ")));
  }

  /** What a header or a form carries of JWTs: the parts encoded, joined, and sometimes damaged. */
  public static Arbitrary<String> jwt(Arbitrary<String> header, Arbitrary<String> payload) {
    return Arbitraries.frequencyOf(
        Tuple.of(
            5,
            Combinators.combine(header, payload, Arbitraries.of("", "c2ln", "====", "%"))
                .as((head, claims, end) -> encoded(head) + "." + encoded(claims) + "." + end)),
        Tuple.of(1, text(".", "e30", "bnVsbA", "W10", "=", "a", "-", "_", "~", ", ", " ")));
  }

  /** JSON that nests as deeply as the length allows. */
  public static String nested(int length) {
    return "[".repeat(length / 2) + "]".repeat(length / 2);
  }

  /** The part of a JWT. */
  public static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> plain =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(NUMBERS)),
            Tuple.of(3, texts()),
            Tuple.of(1, Arbitraries.of("null", "true", "false", "{}", "[]", "NaN", "")));
    if (depth == 0) {
      return plain;
    }
    return Arbitraries.frequencyOf(
        Tuple.of(6, plain),
        Tuple.of(1, values(depth - 1).list().ofMaxSize(3).map(all -> "[" + join(all) + "]")),
        Tuple.of(1, keys()));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.of(
            "",
            " ",
            "a",
            "\\u0000",
            "\\ud800",
            "ES256",
            "PS256",
            "EdDSA",
            "none",
            "dpop+jwt",
            "JWT",
            "application/",
            "\u0130",
            "https://as.example/token",
            "https://as.example:99999/",
            "https://[::1]:443",
            "urn:a:b",
            "//a",
            "POST",
            "%",
            "AQAB",
            "x".repeat(300))
        .map(text -> '"' + text + '"');
  }

  private static Arbitrary<String> keys() {
    return Combinators.combine(
            Arbitraries.of("RSA", "EC", "OKP", "oct", ""),
            Arbitraries.of("P-256", "Ed25519", "P-1", ""),
            Arbitraries.of("AQAB", "AA", "%", "", "_".repeat(344)))
        .as(
            (type, curve, number) ->
                "{\"kty\":\"%s\",\"crv\":\"%s\",\"n\":\"%s\",\"e\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                    .formatted(type, curve, number, number, number, number));
  }

  private static String join(List<String> parts) {
    return String.join(",", parts);
  }
}
