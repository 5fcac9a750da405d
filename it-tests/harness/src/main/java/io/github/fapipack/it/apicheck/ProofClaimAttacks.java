package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.client.DpopProof;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** DPoP proofs with a claim that is wrong, missing, or of another kind. */
final class ProofClaimAttacks {
  private static final String METHOD = "Compare htm with the method of the request, with its case.";
  private static final String ADDRESS =
      "Compare htu with scheme, host, port and path of the address that clients use.";
  private static final String TIME =
      "Refuse proofs whose iat is more than about a minute old, or in the future.";
  private static final String TOKEN = "Compare ath with the SHA-256 hash of the token.";
  private static final String JTI = "Require a jti of limited length, and remember it.";

  private ProofClaimAttacks() {}

  static List<Attack> all() {
    return Stream.of(addresses(), times(), shapes()).flatMap(List::stream).toList();
  }

  private static List<Attack> addresses() {
    return List.of(
        proof(
            "proof-htm-other", "For another method", "RFC9449 4.3-8", METHOD, p -> p.htm("DELETE")),
        proof(
            "proof-htm-lower-case",
            "The method in lower case",
            "RFC9449 4.3-8",
            METHOD,
            p -> p.htm(String.valueOf(p.claim("htm")).toLowerCase(Locale.ROOT))),
        proof(
            "proof-htm-missing",
            "Without htm",
            "RFC9449 4.3-3",
            ProofAttacks.SHAPE,
            p -> p.without("htm")),
        proof(
            "proof-htu-path",
            "For another path",
            "RFC9449 4.3-9",
            ADDRESS,
            p -> p.htu(htu(p) + "/other")),
        proof(
            "proof-htu-parent",
            "For the root of the API",
            "RFC9449 4.3-9",
            ADDRESS,
            p -> p.htu(URI.create(htu(p)).resolve("/").toString() + "fapi-resource-check")),
        proof(
            "proof-htu-host",
            "For another host",
            "RFC9449 4.3-9",
            ADDRESS,
            p -> p.htu("https://attacker.invalid" + URI.create(htu(p)).getRawPath())),
        proof(
            "proof-htu-suffix",
            "For a host that begins like the API's",
            "RFC9449 4.3-9",
            ADDRESS,
            p ->
                p.htu(
                    "https://"
                        + URI.create(htu(p)).getHost()
                        + ".attacker.invalid"
                        + URI.create(htu(p)).getRawPath())),
        proof(
            "proof-htu-port",
            "For another port",
            "RFC9449 4.3-9",
            ADDRESS,
            p ->
                p.htu(
                    "https://"
                        + URI.create(htu(p)).getHost()
                        + ":1"
                        + URI.create(htu(p)).getRawPath())),
        proof(
            "proof-htu-scheme",
            "For another scheme",
            "RFC9449 4.3-9",
            ADDRESS,
            p -> p.htu(htu(p).replaceFirst("^https?:", "ftp:"))),
        proof(
            "proof-htu-relative",
            "For a path without a host",
            "RFC9449 4.3-9",
            ADDRESS,
            p -> p.htu(URI.create(htu(p)).getRawPath())),
        proof(
            "proof-htu-number",
            "An htu that is a number",
            "RFC9449 4.3-3",
            ProofAttacks.SHAPE,
            p -> p.claim("htu", 1)),
        proof(
            "proof-htu-missing",
            "Without htu",
            "RFC9449 4.3-3",
            ProofAttacks.SHAPE,
            p -> p.without("htu")));
  }

  private static List<Attack> times() {
    return List.of(
        proof(
            "proof-stale", "An hour old", "RFC9449 11.1-1", TIME, p -> p.iat(Duration.ofHours(-1))),
        proof(
            "proof-ten-minutes",
            "Ten minutes old",
            "RFC9449 11.1-1",
            TIME,
            p -> p.iat(Duration.ofMinutes(-10))),
        proof(
            "proof-future",
            "Issued in an hour",
            "FAPI2-SP 5.3.2.1-13",
            TIME,
            p -> p.iat(Duration.ofHours(1))),
        proof(
            "proof-iat-missing",
            "Without iat",
            "RFC9449 4.3-3",
            ProofAttacks.SHAPE,
            p -> p.without("iat")),
        proof(
            "proof-iat-text",
            "An iat that is a text",
            "RFC9449 4.3-3",
            ProofAttacks.SHAPE,
            p -> p.claim("iat", "now")),
        proof(
            "proof-iat-huge",
            "An iat beyond all numbers",
            "RFC9449 4.3-3",
            ProofAttacks.SHAPE,
            p -> p.json("iat", "1e400")),
        proof(
                "proof-nonce-invented",
                "A nonce that the API has not given",
                "RFC9449 4.3-10",
                "Verify that nonces are your own.",
                p -> p.nonce("invented"))
            .unless(scene -> !scene.usesNonces(), "the API gives no nonces"),
        proof(
                "proof-nonce-missing",
                "No nonce although the API gives some",
                "RFC9449 11.3-1",
                "Once you give nonces, require one.",
                p -> p.nonce(null))
            .unless(scene -> !scene.usesNonces(), "the API gives no nonces"));
  }

  private static List<Attack> shapes() {
    return List.of(
        proof("proof-ath-missing", "Without ath", "RFC9449 4.3-12", TOKEN, p -> p.without("ath")),
        proof(
            "proof-ath-other",
            "For another token",
            "RFC9449 4.3-12",
            TOKEN,
            p -> p.ath("another token")),
        proof("proof-jti-missing", "Without jti", "RFC9449 4.3-3", JTI, p -> p.without("jti")),
        proof("proof-jti-empty", "An empty jti", "RFC9449 4.3-3", JTI, p -> p.jti("")),
        proof(
            "proof-jti-number",
            "A jti that is a number",
            "RFC9449 4.3-3",
            JTI,
            p -> p.claim("jti", 1)),
        // Servers that limit headers may refuse it before the API sees it.
        Attack.of(
                Topic.PROOF,
                "proof-jti-huge",
                "A jti of 3000 characters",
                "RFC9449 11.1-3",
                JTI,
                Expected.LARGE)
            .when(draft -> draft.proof(p -> p.jti("j".repeat(3000)))),
        proof(
            "proof-typ-other",
            "Of the type JWT",
            "RFC9449 4.3-4",
            "Refuse proofs whose typ is not dpop+jwt.",
            p -> p.typ("JWT")),
        proof(
            "proof-typ-missing",
            "Without a type",
            "RFC9449 4.3-4",
            "Refuse proofs whose typ is not dpop+jwt.",
            p -> p.typ(null)),
        proof(
            "proof-deep",
            "Claims 1000 levels deep",
            "RFC9449 4.3-2",
            "Limit size and depth of JSON that you parse.",
            p -> p.json("x", "[".repeat(1000) + "]".repeat(1000))),
        proof(
            "proof-bad-json",
            "Claims that are no JSON",
            "RFC9449 4.3-2",
            "Refuse what cannot be parsed with 401.",
            p -> p.json("x", "{{")));
  }

  private static String htu(DpopProof proof) {
    return String.valueOf(proof.claim("htu"));
  }

  private static Attack proof(
      String id, String title, String clause, String fix, Consumer<DpopProof> edit) {
    return ProofAttacks.proof(id, title, clause, fix, edit);
  }
}
