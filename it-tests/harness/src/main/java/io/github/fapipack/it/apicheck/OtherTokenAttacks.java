package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.client.FapiClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Tokens that the issuer has really signed, but not for this request. */
final class OtherTokenAttacks {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final Duration CLOCKS = Duration.ofSeconds(40);

  private OtherTokenAttacks() {}

  static List<Attack> all() {
    return List.of(
        attack(
                "id-token",
                "The ID token as access token",
                "RFC9068 5",
                "Require the type at+jwt and your own audience.",
                Expected.TOKEN)
            .playing(scene -> sendInstead(scene, idToken(scene))),
        attack(
                "refresh-token",
                "The refresh token as access token",
                "RFC9068 5",
                "Require the type at+jwt and your own audience.",
                Expected.TOKEN)
            .playing(scene -> sendInstead(scene, refreshToken(scene))),
        attack(
                "proof-as-token",
                "The DPoP proof as access token",
                "RFC8725 3.12",
                "Require the type at+jwt and the issuer's signature.",
                Expected.TOKEN)
            .playing(OtherTokenAttacks::proofAsToken)
            .unless(scene -> !scene.usesDpop(), "tokens are bound to certificates"),
        attack(
                "other-audience",
                "A token for another API",
                "RFC9068 4",
                "Refuse tokens whose aud does not name your API.",
                Expected.TOKEN)
            .playing(scene -> scene.altered(otherAudience(scene), draft -> {})),
        attack(
                "wrong-scope",
                "A token with too small a scope",
                "RFC6750 3.1",
                "Check the scope of the token for each operation; answer 403 insufficient_scope.",
                Expected.SCOPE)
            .playing(scene -> scene.altered(wrongScope(scene), draft -> {})),
        attack(
                "other-client-token",
                "The token of another client, with the own key",
                "RFC9449 4.3-12",
                "Compare the key or certificate of the request with the token's cnf.",
                Expected.PROOF)
            .playing(scene -> sendInstead(scene, otherClients(scene).tokens().accessToken())),
        attack(
                "other-key-token",
                "A token that is bound to another key of the same client",
                "RFC9449 4.3-12",
                "Compare the thumbprint of the proof's key with cnf.jkt of the token.",
                Expected.PROOF)
            .playing(OtherTokenAttacks::otherKey)
            .unless(scene -> !scene.usesDpop(), "tokens are bound to certificates"),
        attack(
                "expired-token",
                "A real token after its expiry",
                "FAPI2-SP 5.3.4-3",
                "Refuse tokens after exp.",
                Expected.TOKEN)
            .playing(OtherTokenAttacks::expired),
        attack(
                "revoked-token",
                "A real token after its revocation",
                "FAPI2-SP 5.3.4-3",
                "Introspect tokens (RFC 7662), or keep their lives short.",
                Expected.TOKEN)
            .playing(OtherTokenAttacks::revoked));
  }

  private static Attack attack(
      String id, String title, String clause, String fix, Expected expected) {
    return Attack.of(Topic.OTHER_TOKEN, id, title, clause, fix, expected);
  }

  private static Answer sendInstead(Scene scene, String token) {
    return scene.altered(draft -> draft.token(token));
  }

  private static String idToken(Scene scene) {
    String token = scene.holding().tokens().idToken();
    return required(token, "the issuer has given no ID token; ask for openid with a user");
  }

  private static String refreshToken(Scene scene) {
    return required(
        scene.holding().tokens().refreshToken(), "the issuer has given no refresh token");
  }

  private static String required(String token, String otherwise) {
    if (token == null) {
      throw new NotApplicable(otherwise);
    }
    return token;
  }

  private static Answer proofAsToken(Scene scene) {
    String proof =
        scene
            .client()
            .newProof(scene.settings().target().method(), scene.settings().target().address())
            .sign();
    return sendInstead(scene, proof);
  }

  private static Holding otherAudience(Scene scene) {
    String audience =
        scene
            .settings()
            .given()
            .text(Option.OTHER_AUDIENCE)
            .orElseThrow(() -> new NotApplicable("--other-audience is not given"));
    return scene.tryToObtain(scene.client(), scene.settings().ask().audience(audience));
  }

  private static Holding wrongScope(Scene scene) {
    String scope =
        scene
            .settings()
            .given()
            .text(Option.WRONG_SCOPE)
            .orElseThrow(() -> new NotApplicable("--wrong-scope is not given"));
    return scene.tryToObtain(scene.client(), scene.settings().ask().scope(scope));
  }

  private static Holding otherClients(Scene scene) {
    FapiClient other =
        scene
            .settings()
            .other()
            .orElseThrow(() -> new NotApplicable("--other-client is not given"))
            .client();
    return scene.tryToObtain(other, scene.settings().ask());
  }

  private static Answer otherKey(Scene scene) {
    FapiClient sameWithOtherKey = scene.client().but().dpopKey(scene.strangersKey()).build();
    return sendInstead(
        scene, scene.tryToObtain(sameWithOtherKey, scene.settings().ask()).tokens().accessToken());
  }

  /** Waits if that does not take long. */
  private static Answer expired(Scene scene) {
    Holding first = scene.first();
    Duration wait = Duration.between(Instant.now(), first.expiry().plus(CLOCKS));
    if (first.tokens().expiresIn() <= 0 || wait.compareTo(LONGEST_WAIT) > 0) {
      throw new NotApplicable(
          "tokens live for " + first.tokens().expiresIn() + " seconds, too long to wait for");
    }
    if (!wait.isNegative()) {
      Pace.pause(wait);
    }
    return scene.altered(first, draft -> {});
  }

  private static Answer revoked(Scene scene) {
    Holding own = scene.tryToObtain(scene.client(), scene.settings().ask());
    Replays.requirePassed(scene.altered(own, draft -> {}));
    try {
      scene.client().revoke(own.tokens().accessToken()).expect();
    } catch (AssertionError | UncheckedIOException e) {
      throw new NotApplicable("the issuer does not revoke access tokens for this client");
    }
    return scene.altered(own, draft -> {});
  }

  /** Attacks that a verifier of JWTs alone cannot see before the token expires. */
  static final Set<String> SEEN_BY_INTROSPECTION_ONLY = Set.of("revoked-token");
}
