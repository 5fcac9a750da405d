package io.github.fapipack.it.apicheck;

import java.time.Duration;
import java.util.List;

/** Access tokens with other claims, and texts that only look like tokens. */
final class ForgedClaimAttacks {
  private ForgedClaimAttacks() {}

  static List<Attack> all() {
    return List.of(
        ForgedTokenAttacks.forged(
            "jwt-other-issuer",
            "Another issuer, which has signed it",
            "RFC9068 4",
            "Compare iss with the issuer that you have configured.",
            (f, s) -> f.claim("iss", "https://attacker.invalid").sign()),
        ForgedTokenAttacks.forged(
            "jwt-issuer-prefix",
            "An issuer that begins like the real one",
            "RFC9068 4",
            "Compare iss character by character.",
            (f, s) -> f.claim("iss", s.client().issuer() + ".attacker.invalid").sign()),
        ForgedTokenAttacks.forged(
            "jwt-expired",
            "Expired, and signed by a stranger",
            "RFC9068 4",
            "Refuse expired tokens.",
            (f, s) -> f.exp(Duration.ofHours(-1)).sign()),
        ForgedTokenAttacks.forged(
            "jwt-other-audience",
            "Made out to another API, and signed by a stranger",
            "RFC9068 4",
            "Refuse tokens whose aud does not name your API.",
            (f, s) -> f.claim("aud", "https://attacker.invalid").sign()),
        ForgedTokenAttacks.forged(
            "jwt-typ",
            "Of another type, and signed by a stranger",
            "RFC9068 4",
            "Refuse tokens whose typ is not at+jwt.",
            (f, s) -> f.typ("JWT").sign()),
        ForgedTokenAttacks.forged(
            "jwt-deep",
            "Claims 1000 levels deep",
            "RFC8725 3.6",
            "Limit size and depth of JSON that you parse.",
            (f, s) -> f.json("x", "[".repeat(1000) + "]".repeat(1000)).sign()),
        ForgedTokenAttacks.forged(
            "jwt-bad-json",
            "Claims that are no JSON",
            "RFC8725 3.6",
            "Refuse what cannot be parsed with 401.",
            (f, s) -> f.json("x", "{{").sign()),
        ForgedTokenAttacks.forged(
            "jwt-text-expiry",
            "An expiry that is a text",
            "RFC7519 4.1.4",
            "Refuse what cannot be parsed with 401.",
            (f, s) -> f.claim("exp", "tomorrow").sign()),
        ForgedTokenAttacks.damaged(
            "jwt-five-parts",
            "The form of an encrypted JWT",
            jwt -> "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ.AA.AA.AA.AA"),
        ForgedTokenAttacks.damaged(
            "jwt-not-base64",
            "Characters that are not base64url",
            jwt -> "eyJ~." + jwt.substring(jwt.indexOf('.') + 1)));
  }
}
