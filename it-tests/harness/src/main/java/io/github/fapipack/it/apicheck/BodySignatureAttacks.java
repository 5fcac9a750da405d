package io.github.fapipack.it.apicheck;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Bodies that are not signed, or by somebody else, or for something else. */
final class BodySignatureAttacks {
  private static final String REQUIRE = "Require a signature of every body.";
  private static final String VERIFY =
      "Verify the signature with the registered keys of the client and a fixed algorithm.";
  private static final String TIME = "Refuse signatures whose iat is old or in the future.";
  private static final String ONCE = "Remember jti, for all nodes together.";

  private BodySignatureAttacks() {}

  static List<Attack> all() {
    return List.of(
        both("jws-missing", "No signature of the body", REQUIRE)
            .when(d -> d.signature().leaveOut())
            .unless(BodySignatureAttacks::notSigned, "--sign is neither jws nor detached"),
        jws("jws-none", "Algorithm none", VERIFY, s -> s.alg("none")),
        jws("jws-hs256", "HS256 with the client's public key", VERIFY, s -> s.alg("HS256")),
        attackedKey(),
        jws("jws-old", "An hour old", TIME, s -> s.issued(-3600)),
        jws("jws-future", "Issued in an hour", TIME, s -> s.issued(3600)),
        jws(
            "jws-other-issuer",
            "Issued by somebody else",
            "Compare iss with who the client is.",
            s -> s.by("somebody-else")),
        jws(
            "jws-unknown-kid",
            "A kid that the client does not have",
            VERIFY,
            s -> s.header("kid", "unknown")),
        jws(
            "jws-crit",
            "A critical header parameter that nobody knows",
            "Refuse crit that you do not implement.",
            s -> s.header("crit", List.of("x")).header("x", true)),
        only(
            MessageSigning.Style.JWS,
            "jws-other-audience",
            "Made out to somebody else",
            "Compare aud with your own name.",
            d -> d.signature().jws(s -> s.claim("aud", "https://attacker.invalid"))),
        only(
            MessageSigning.Style.JWS,
            "jws-no-jti",
            "Without jti",
            ONCE,
            d -> d.signature().jws(s -> s.without("jti"))),
        replayed(),
        only(
            MessageSigning.Style.JWS,
            "jws-content-type",
            "A JWT as application/json",
            "Take signed bodies as application/jwt only.",
            d -> d.header("Content-Type", "application/json")),
        only(
            MessageSigning.Style.DETACHED,
            "jws-altered-body",
            "Another body than was signed",
            VERIFY,
            d -> d.sendBody(d.body() + " ")),
        only(
            MessageSigning.Style.DETACHED,
            "jws-garbage",
            "A header that is no JWS",
            VERIFY,
            d ->
                d.header("x-jws-signature", "a..b")
                    .tampering(h -> h.set("x-jws-signature", "a..b"))),
        only(
            MessageSigning.Style.JWS,
            "jws-altered",
            "One character of the signature changed",
            VERIFY,
            d -> d.sendBody(TokenParts.otherSignature(d.signedBody()))));
  }

  private static Attack attackedKey() {
    return both("jws-other-key", "Signed with a key of somebody else", VERIFY)
        .playing(
            scene ->
                scene.altered(
                    d ->
                        d.signature()
                            .jws(
                                s ->
                                    s.key(scene.strangersKey())
                                        .header(
                                            "kid", scene.settings().signing().key().getKeyID()))))
        .unless(BodySignatureAttacks::notSigned, "--sign is neither jws nor detached");
  }

  /** The same JWT with a proof of its own. */
  private static Attack replayed() {
    return only(MessageSigning.Style.JWS, "jws-replayed", "The same JWT once more", ONCE, d -> {})
        .playing(
            scene -> {
              Draft first = scene.honest();
              String body = first.signedBody();
              Replays.requirePassed(scene.send(first.sendBody(body)));
              return scene.altered(draft -> draft.sendBody(body));
            })
        .unless(
            scene -> scene.settings().signing().style() != MessageSigning.Style.JWS,
            "--sign is not jws");
  }

  private static boolean notSigned(Scene scene) {
    MessageSigning.Style style = scene.settings().signing().style();
    return style != MessageSigning.Style.JWS && style != MessageSigning.Style.DETACHED;
  }

  private static Attack jws(String id, String title, String fix, Consumer<BodyJws> edit) {
    return both(id, title, fix)
        .when(draft -> draft.signature().jws(edit))
        .unless(BodySignatureAttacks::notSigned, "--sign is neither jws nor detached");
  }

  private static Attack only(
      MessageSigning.Style style, String id, String title, String fix, Consumer<Draft> change) {
    return both(id, title, fix)
        .when(change)
        .unless(
            scene -> scene.settings().signing().style() != style,
            "--sign is not " + style.name().toLowerCase(Locale.ROOT));
  }

  private static Attack both(String id, String title, String fix) {
    return Attack.of(Topic.SIGNATURE, id, title, "RFC7515 5.2", fix, Expected.MESSAGE);
  }
}
