package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.DpopProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** DPoP proofs that prove nothing. */
final class ProofAttacks {
  private static final String REQUIRED = "Require a DPoP proof whenever the token has cnf.jkt.";
  private static final String KEY =
      "Compare the thumbprint of the proof's key with cnf.jkt of the token.";
  private static final String ONE = "Take exactly one DPoP header with exactly one JWT.";
  private static final String ALGORITHMS =
      "Allow PS256, ES256 and Ed25519 for proofs, and no other.";
  static final String SHAPE = "Refuse proofs with 401 that lack what RFC 9449 4.2 demands.";

  private ProofAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.addAll(presence());
    attacks.addAll(keys());
    attacks.addAll(ProofClaimAttacks.all());
    return attacks.stream()
        .map(
            attack -> attack.unless(scene -> !scene.usesDpop(), "tokens are bound to certificates"))
        .toList();
  }

  private static List<Attack> presence() {
    return List.of(
        attack("proof-missing", "No proof", "RFC9449 7-1", REQUIRED).when(Draft::withoutProof),
        attack(
                "bearer-downgrade",
                "The token as Bearer, without a proof",
                "RFC9449 7.2-1",
                "Refuse tokens with cnf.jkt under the Bearer scheme.",
                bearer())
            .when(draft -> draft.scheme("Bearer").withoutProof()),
        attack(
                "bearer-with-proof",
                "The token as Bearer, with a proof",
                "RFC9449 7.2-1",
                "Refuse tokens with cnf.jkt under the Bearer scheme.",
                bearer())
            .when(draft -> draft.scheme("Bearer")),
        attack("proof-empty", "An empty DPoP header", "RFC9449 4.3-2", ONE)
            .when(draft -> draft.header("DPoP", "")),
        attack("proof-garbage", "A DPoP header that is no JWT", "RFC9449 4.3-2", ONE)
            .when(draft -> draft.header("DPoP", "a.b.c")),
        attack("proof-twice", "The DPoP header twice", "RFC9449 4.3-1", ONE, Expected.REQUEST)
            .when(
                draft ->
                    draft.editing(
                        headers -> headers.add("DPoP", headers.get("DPoP").orElseThrow()))),
        attack("proof-list", "Two proofs in one header", "RFC9449 4.3-2", ONE, Expected.REQUEST)
            .when(
                draft ->
                    draft.editing(
                        headers -> {
                          String proof = headers.get("DPoP").orElseThrow();
                          headers.set("DPoP", proof + ", " + proof);
                        })),
        attack(
                "proof-in-query",
                "The proof in the query instead of its header",
                "RFC9449 7-1",
                REQUIRED)
            .when(draft -> draft.target(withQuery(draft.target(), "DPoP=a.b.c")).withoutProof()),
        attack(
                "proof-replayed",
                "The same request once more",
                "RFC9449 11.1-2",
                "Remember jti for as long as the proof is acceptable, for all nodes together.")
            .playing(Replays::again),
        attack(
                "proof-replayed-at-once",
                "The same request twice at the same time",
                "RFC9449 11.1-2",
                "Look up and remember jti in one step, for all nodes together.")
            .playing(Replays::atOnce));
  }

  private static List<Attack> keys() {
    return List.of(
        proof(
            "proof-other-key",
            "A proof of another key",
            "RFC9449 4.3-12",
            KEY,
            (p, s) -> p.key(s.strangersKey())),
        proof(
            "proof-wrong-key-shown",
            "Signed with another key than the one it shows",
            "RFC9449 4.3-6",
            "Verify the proof with the key in its header.",
            (p, s) -> {
              Object shown = p.key().toPublicJWK().toJSONObject();
              p.key(s.strangersKey()).header("jwk", shown);
            }),
        attack(
                "proof-other-signature",
                "One character of the signature changed",
                "RFC9449 4.3-6",
                "Verify the signature of the proof.")
            .when(edited(TokenParts::otherSignature)),
        attack(
                "proof-no-signature",
                "The signature removed",
                "RFC9449 4.3-6",
                "Verify the signature of the proof.")
            .when(edited(TokenParts::withoutSignature)),
        proof("proof-alg-none", "Algorithm none", "RFC9449 4.3-5", ALGORITHMS, p -> p.alg("none")),
        proof(
            "proof-hs256",
            "HS256 with a secret that the proof shows",
            "RFC9449 4.3-5",
            ALGORITHMS,
            p -> {
              OctetSequenceKey secret = new OctetSequenceKey.Builder(new byte[32]).build();
              Object shown = secret.toJSONObject();
              p.header("jwk", shown);
              p.alg("HS256");
            }),
        attack(
                "proof-rs256",
                "RS256, with the key that the token is bound to",
                "RFC9449 4.3-5",
                ALGORITHMS)
            .playing(ProofAttacks::rs256),
        proof(
            "proof-private-key",
            "The private key in the header",
            "RFC9449 4.3-7",
            "Refuse proofs whose jwk has private members.",
            DpopProof::showingPrivateKey),
        proof("proof-no-key", "No key in the header", "RFC9449 4.3-3", SHAPE, p -> p.showing(null)),
        proof(
            "proof-crit",
            "A critical header parameter that nobody knows",
            "RFC7515 4.1.11",
            "Refuse proofs with crit that you do not implement.",
            p -> p.header("crit", List.of("x")).header("x", true)));
  }

  private static Answer rs256(Scene scene) {
    Holding bound =
        scene.tryToObtain(
            scene.client().but().dpopKey(ClientKeys.ps256()).build(), scene.settings().ask());
    return scene.altered(bound, draft -> draft.proof(proof -> proof.alg("RS256")));
  }

  private static String withQuery(String target, String parameter) {
    return target + (target.contains("?") ? "&" : "?") + parameter;
  }

  private static Consumer<Draft> edited(UnaryOperator<String> damage) {
    return draft ->
        draft.editing(
            headers -> headers.set("DPoP", damage.apply(headers.get("DPoP").orElseThrow())));
  }

  static Attack proof(
      String id, String title, String clause, String fix, Consumer<DpopProof> edit) {
    return attack(id, title, clause, fix).when(draft -> draft.proof(edit));
  }

  private static Attack proof(
      String id, String title, String clause, String fix, BiConsumer<DpopProof, Scene> edit) {
    return attack(id, title, clause, fix)
        .playing(scene -> scene.altered(draft -> draft.proof(p -> edit.accept(p, scene))));
  }

  private static Attack attack(String id, String title, String clause, String fix) {
    return attack(id, title, clause, fix, Expected.PROOF);
  }

  private static Attack attack(
      String id, String title, String clause, String fix, Expected expected) {
    return Attack.of(Topic.PROOF, id, title, clause, fix, expected);
  }

  /** RFC 9449 7.2 names no code. */
  private static Expected bearer() {
    return new Expected(Expected.PROOF.statuses(), true, Set.of(), false, false);
  }
}
