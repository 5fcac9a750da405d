package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.httpsig.HttpSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** HTTP signatures that sign too little, something else, or nothing. */
final class HttpSignatureAttacks {
  private static final String COVER =
      "Require that @method, @target-uri, authorization, dpop and content-digest are covered,"
          + " whichever of them the request has.";
  private static final String VERIFY = "Verify the signature with a registered key of the client.";
  private static final String TIME = "Require created, not much older than a minute.";
  private static final String DIGEST =
      "Compute the digest of the body yourself, with SHA-256 or SHA-512.";

  private HttpSignatureAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>(ofRequest());
    ofBody().stream()
        .map(
            a ->
                a.unless(
                    scene -> scene.settings().target().body().isEmpty(), "--body is not given"))
        .forEach(attacks::add);
    return attacks.stream()
        .map(
            attack ->
                attack.unless(
                    scene -> scene.settings().signing().style() != MessageSigning.Style.HTTP,
                    "--sign is not http"))
        .toList();
  }

  private static List<Attack> ofRequest() {
    return List.of(
        attack(
                "signature-missing",
                "No signature",
                "FAPI2-HS 5.3.1.2-3",
                "Require a signature of every request.")
            .when(draft -> draft.signature().leaveOut()),
        signed(
            "signature-no-method",
            "The method is not covered",
            "FAPI2-HS 5.3.1.2-5",
            COVER,
            s -> s.uncovering("@method")),
        signed(
            "signature-no-target",
            "The address is not covered",
            "FAPI2-HS 5.3.1.2-5",
            COVER,
            s -> s.uncovering("@target-uri")),
        signed(
            "signature-no-token",
            "The token is not covered",
            "FAPI2-HS 5.3.1.2-5",
            COVER,
            s -> s.uncovering("authorization")),
        signed(
                "signature-no-proof",
                "The proof is not covered",
                "FAPI2-HS 5.3.1.2-7",
                COVER,
                s -> s.uncovering("dpop"))
            .unless(scene -> !scene.usesDpop(), "tokens are bound to certificates"),
        attack(
                "signature-other-key",
                "Signed with a key of somebody else",
                "FAPI2-HS 5.3.1.2-2",
                VERIFY)
            .playing(
                scene -> scene.altered(d -> d.signature().http(s -> s.key(scene.strangersKey())))),
        attack(
                "signature-unknown-key",
                "A keyid that the client does not have",
                "RFC9421 3.2-5",
                VERIFY)
            .playing(
                scene ->
                    scene.altered(
                        d ->
                            d.signature()
                                .http(
                                    s ->
                                        s.key(scene.strangersKey())
                                            .parameter("keyid", "unknown")))),
        signed(
            "signature-no-keyid",
            "No keyid, and the key of somebody else",
            "RFC9421 3.2-5",
            VERIFY,
            s -> s.parameter("keyid", null).parameter("tag", "other")),
        signed(
            "signature-old",
            "An hour old",
            "FAPI2-HS 5.3.1.2-6",
            TIME,
            s -> s.parameter("created", Instant.now().getEpochSecond() - 3600)),
        signed(
            "signature-future",
            "Created in an hour",
            "FAPI2-HS 5.3.1.2-6",
            TIME,
            s -> s.parameter("created", Instant.now().getEpochSecond() + 3600)),
        signed(
            "signature-no-created",
            "Without created",
            "FAPI2-HS 5.3.1.2-6",
            TIME,
            s -> s.parameter("created", null)),
        signed(
            "signature-expired",
            "With expires in the past",
            "RFC9421 3.2-4",
            TIME,
            s -> s.parameter("expires", Instant.now().getEpochSecond() - 60)),
        signed(
            "signature-no-tag",
            "Without a tag",
            "FAPI2-HS 5.3.1.2-4",
            "Require the tag fapi-2-request.",
            s -> s.parameter("tag", null)),
        signed(
            "signature-other-tag",
            "With the tag of a response",
            "FAPI2-HS 5.3.1.2-4",
            "Require the tag fapi-2-request.",
            s -> s.parameter("tag", "fapi-2-response")),
        attack(
                "signature-garbage",
                "Signature headers that cannot be parsed",
                "RFC9421 3.2-2",
                VERIFY)
            .when(
                draft ->
                    draft.tampering(
                        h -> h.set("Signature-Input", "sig1=((((").set("Signature", "sig1=:::"))),
        attack(
                "signature-query-altered",
                "Another query than was signed",
                "FAPI2-HS 5.3.1.2-2",
                VERIFY)
            .when(
                draft ->
                    draft.target(
                        draft.target() + (draft.target().contains("?") ? "&" : "?") + "x=y")),
        attack(
                "signature-of-other-request",
                "The signature of an earlier request",
                "FAPI2-HS 5.3.1.2-2",
                VERIFY)
            .playing(HttpSignatureAttacks::earlier));
  }

  private static List<Attack> ofBody() {
    return List.of(
        attack("body-altered", "Another body than was signed", "FAPI2-HS 5.3.1.2-8", DIGEST)
            .when(draft -> draft.sendBody(draft.body() + " ")),
        signed(
            "digest-not-covered",
            "The digest is not covered",
            "FAPI2-HS 5.3.1.2-8",
            COVER,
            s -> s.uncovering("content-digest")),
        attack("digest-missing", "No digest of the body", "FAPI2-HS 5.3.1.2-8", DIGEST)
            .when(
                draft -> {
                  draft.signature().http(s -> s.uncovering("content-digest"));
                  draft.tampering(headers -> headers.set("Content-Digest", null));
                }),
        signed("digest-md5", "A digest by MD5", "RFC9530 5-1", DIGEST, s -> s.digest("md5")),
        attack(
                "digest-replaced",
                "The digest of the altered body, under the old signature",
                "FAPI2-HS 5.3.1.2-2",
                VERIFY)
            .when(HttpSignatureAttacks::replaceDigest));
  }

  private static void replaceDigest(Draft draft) {
    String other = draft.body() + " ";
    draft.sendBody(other);
    draft.tampering(headers -> headers.set("Content-Digest", Digests.sha256(other)));
  }

  /** With a proof of its own, which the earlier signature does not cover. */
  private static Answer earlier(Scene scene) {
    String[] kept = new String[2];
    Draft first = scene.honest();
    first.tampering(
        headers -> {
          kept[0] = headers.get("Signature-Input").orElseThrow();
          kept[1] = headers.get("Signature").orElseThrow();
        });
    Replays.requirePassed(scene.send(first));
    return scene.altered(
        draft ->
            draft
                .header("X-Fapi-Resource-Check", "again")
                .proof(proof -> {})
                .tampering(
                    headers -> headers.set("Signature-Input", kept[0]).set("Signature", kept[1])));
  }

  private static Attack signed(
      String id, String title, String clause, String fix, Consumer<HttpSignature> edit) {
    return attack(id, title, clause, fix).when(draft -> draft.signature().http(edit));
  }

  private static Attack attack(String id, String title, String clause, String fix) {
    return Attack.of(Topic.SIGNATURE, id, title, clause, fix, Expected.HTTP_SIGNATURE);
  }
}
