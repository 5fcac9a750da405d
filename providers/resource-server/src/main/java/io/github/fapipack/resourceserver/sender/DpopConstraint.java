package io.github.fapipack.resourceserver.sender;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.jws.Sha256;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.NormalUri;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proof that the sender has the key of the token, for this request alone (RFC 9449 4.3 and
 * 7.1). What costs little is checked first; only who has the key gets anything into the store.
 */
public final class DpopConstraint {
  private static final int KEYS = 2_000;
  private static final String PURPOSE = "dpop";
  private static final String NONCE_FIELD = "DPoP-Nonce";
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final DpopSettings settings;
  private final ReplayStore used;
  private final Clock clock;

  /** Of clients that have shown that they have the key of a token; parsing it costs time. */
  private final Cache<Map<?, ?>, ProofKey> keys = Caffeine.newBuilder().maximumSize(KEYS).build();

  public DpopConstraint(DpopSettings settings, ReplayStore used, Clock clock) {
    this.settings = settings;
    this.used = used;
    this.clock = clock;
  }

  /**
   * Refuses a request without a good proof.
   *
   * @param jkt the thumbprint of the key that the token is bound to
   * @return a new nonce, if the client should use one
   */
  List<HttpField> check(ApiRequest request, String token, String jkt) throws RefusedRequest {
    Proof proof = Proof.of(request, settings.algorithms());
    ProofKey key = key(proof);
    if (!key.thumbprint().equals(jkt)) {
      throw new RefusedRequest(
          Problem.INVALID_TOKEN,
          "the access token is bound to another DPoP key; sign the proof with that one",
          "RFC9449 4.3-12");
    }
    requireForThisRequest(request, proof, token);
    Instant now = clock.instant();
    requireFresh(proof, now);
    List<HttpField> answer = requireNonce(proof, now);
    String jti = proof.id();
    if (!proof.jws().isSignedBy(key.key())) {
      throw Proof.refused(
          "the signature of the DPoP proof is wrong; sign it with the key in jwk", "RFC9449 4.3-6");
    }
    keys.asMap().putIfAbsent(proof.jwk(), key);
    requireUnused(key, jti, proof.made());
    return answer;
  }

  private ProofKey key(Proof proof) throws RefusedRequest {
    ProofKey known = keys.getIfPresent(proof.jwk());
    try {
      ProofKey key = known == null ? ProofKey.of(proof.jwk()) : known;
      if (key.algorithm() != proof.jws().algorithm()) {
        throw new MalformedJws("is not a key for the algorithm of the proof");
      }
      return key;
    } catch (MalformedJws malformed) {
      throw Proof.refused(
          "the jwk of the DPoP proof " + malformed.sentence() + "; use another key",
          "RFC9449 4.3-7");
    }
  }

  private static void requireForThisRequest(ApiRequest request, Proof proof, String token)
      throws RefusedRequest {
    if (!proof.text("htm").equals(request.method())) {
      throw Proof.refused(
          "the DPoP proof is for another method; set htm to that of the request", "RFC9449 4.3-8");
    }
    Optional<String> target = NormalUri.of(proof.text("htu"));
    if (target.isEmpty() || !target.equals(NormalUri.of(request.targetUri()))) {
      throw Proof.refused(
          "the DPoP proof is for another address; set htu to that of the request, without query",
          "RFC9449 4.3-9");
    }
    byte[] ascii = token.getBytes(StandardCharsets.US_ASCII);
    if (!proof.text("ath").equals(Sha256.base64Url(ascii))) {
      throw Proof.refused(
          "the DPoP proof is for another access token; set ath to the hash of this one",
          "RFC9449 4.3-12");
    }
  }

  private void requireFresh(Proof proof, Instant now) throws RefusedRequest {
    Instant made = proof.made();
    if (made.isBefore(now.minus(settings.age()))) {
      throw Proof.refused("the DPoP proof is too old; make one for each request", "RFC9449 4.3-11");
    }
    if (made.isAfter(now.plus(settings.ahead()))) {
      throw Proof.refused(
          "the DPoP proof is from the future; set the clock of the client right", "RFC9449 4.3-11");
    }
  }

  private List<HttpField> requireNonce(Proof proof, Instant now) throws RefusedRequest {
    if (settings.nonces().isEmpty()) {
      return List.of();
    }
    DpopNonces nonces = settings.nonces().get();
    Optional<String> sent = proof.jws().claim("nonce");
    if (sent.filter(nonce -> nonces.isTaken(nonce, now)).isEmpty()) {
      throw new RefusedRequest(
              Problem.USE_DPOP_NONCE,
              "put the nonce of the field DPoP-Nonce of this answer into the DPoP proof",
              "RFC9449 9")
          .answering(new HttpField(NONCE_FIELD, nonces.current(now)));
    }
    return nonces
        .next(sent.get(), now)
        .map(next -> List.of(new HttpField(NONCE_FIELD, next)))
        .orElse(List.of());
  }

  /** Remembered for as long as it could pass again, by whatever clock. */
  private void requireUnused(ProofKey key, String jti, Instant made) throws RefusedRequest {
    Instant until = made.plus(settings.age()).plus(settings.ahead()).plusSeconds(1);
    try {
      if (!used.firstUse(PURPOSE, key.thumbprint() + jti, until)) {
        throw Proof.refused(
            "the DPoP proof was used before; make one for each request", "RFC9449 11.1");
      }
    } catch (StoreUnavailable down) {
      throw new RefusedRequest(
              Problem.UNAVAILABLE,
              "this API cannot tell now whether the DPoP proof was used before; try again later",
              "RFC9449 11.1")
          .retryAfter(RETRY);
    }
  }
}
