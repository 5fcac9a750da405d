package io.github.fapipack.resourceserver.message;

import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.SignatureInput;
import io.github.fapipack.httpsig.VerificationPolicy;
import io.github.fapipack.httpsig.VerifiedSignature;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Verifies the HTTP message signatures of requests (FAPI2-HS 5.3.1.2), each of them once. */
public final class RequestSignatures {
  private static final String CLAUSE = "FAPI2-HS 5.3.1.2";
  private static final String INPUT = "Signature-Input";
  private static final List<String> OF_SIGNATURES = List.of(INPUT, "Signature", "Content-Digest");
  private static final int LONGEST_FIELDS = 16_384;
  private static final int LARGEST_CONTENT = 8 << 20;

  private final HttpSignatures settings;
  private final ClientKeys keys;
  private final FapiSignatures profile;
  private final Replays replays;

  /**
   * A check with these settings.
   *
   * @throws IllegalArgumentException if they have no keys of clients
   */
  public RequestSignatures(HttpSignatures settings, ReplayStore store, Clock clock) {
    this.settings = settings;
    this.keys =
        settings
            .keys()
            .orElseThrow(() -> new IllegalArgumentException("there are no keys of clients"));
    this.profile =
        new FapiSignatures(
            VerificationPolicy.at(clock).withWindow(settings.maxAge(), settings.maxSkew()));
    this.replays = new Replays(store, "signature");
  }

  /** Refuses a request that this client has not signed, or has sent before. */
  public void check(ApiRequest request, String clientId) throws RefusedRequest {
    if (!isSigned(request)) {
      if (settings.isRequiredFor(request.method())) {
        throw whatToSign(request, "sign the request as the field Accept-Signature says");
      }
      return;
    }
    byte[] content = Content.of(request, LARGEST_CONTENT);
    KeysOf of = new KeysOf(keys, clientId);
    try {
      RequestMessage message =
          new RequestMessage(request.method(), request.targetUri(), request.fields());
      VerifiedSignature verified = profile.verifyRequest(message, content, of);
      requireFirst(request, verified.input(), of.verified(), clientId);
    } catch (HttpSignatureException wrong) {
      of.throwIfUnavailable();
      throw whatToSign(request, sentence(wrong));
    }
  }

  /** Whether it has a signature of the profile; what proxies sign for themselves is not one. */
  private boolean isSigned(ApiRequest request) throws RefusedRequest {
    int length = 0;
    boolean signed = false;
    for (HttpField field : request.fields()) {
      for (String name : OF_SIGNATURES) {
        if (name.equalsIgnoreCase(field.name())) {
          length += field.value().length();
          signed |= name.equals(INPUT) && field.value().contains(FapiSignatures.REQUEST_TAG);
        }
      }
    }
    if (length > LONGEST_FIELDS) {
      throw new RefusedRequest(
          Problem.TOO_LARGE,
          "the fields of the signature are longer than this API reads; send less",
          "RFC6585 5");
    }
    return signed;
  }

  private void requireFirst(
      ApiRequest request, SignatureInput input, byte[] signature, String clientId)
      throws RefusedRequest {
    if (settings.nonce() && input.nonce().isEmpty()) {
      throw whatToSign(request, "the signature must have a nonce; send a fresh one");
    }
    Instant last = input.created().orElseThrow().plus(settings.maxAge());
    Instant until = last.plus(settings.maxSkew()).plusSeconds(1);
    String key =
        input
            .nonce()
            .map(nonce -> "n " + input.keyId().orElse("") + ' ' + nonce)
            .orElseGet(() -> "s " + Replays.keyOf(signature));
    if (!replays.isFirst(clientId, key, until)) {
      throw whatToSign(request, "the signature was used before; sign each request anew");
    }
  }

  private RefusedRequest whatToSign(ApiRequest request, String sentence) {
    return new RefusedRequest(Problem.INVALID_SIGNATURE, sentence, CLAUSE)
        .answering(new HttpField("Accept-Signature", accepted(request)))
        .answering(new HttpField("Want-Content-Digest", "sha-256=10, sha-512=3"));
  }

  /** What to cover in a request such as this one (RFC 9421 5.1). */
  private String accepted(ApiRequest request) {
    return "fapi=(\"@method\" \"@target-uri\" \"authorization\""
        + (request.values("DPoP").isEmpty() ? "" : " \"dpop\"")
        + (hasContent(request) ? " \"content-digest\"" : "")
        + ");created;keyid"
        + (settings.nonce() ? ";nonce" : "")
        + ";tag=\""
        + FapiSignatures.REQUEST_TAG
        + '"';
  }

  private static boolean hasContent(ApiRequest request) {
    return !request.values("Content-Type").isEmpty()
        || !request.values("Content-Digest").isEmpty()
        || !request.values("Transfer-Encoding").isEmpty();
  }

  /** In our own words, since those of the library may quote names from the message. */
  private static String sentence(HttpSignatureException wrong) {
    return switch (wrong.reason()) {
      case ABSENT -> "the request lacks Signature, or Content-Digest with sha-256 or sha-512";
      case MALFORMED -> "Signature-Input, Signature or Content-Digest cannot be read";
      case UNSUPPORTED -> "the signature covers something that this API does not know";
      case UNCOVERED -> "the signature covers too little; see Accept-Signature";
      case WRONG_PARAMETER ->
          "the signature lacks created, or the request has not one with its tag";
      case OUT_OF_TIME -> "the signature is too old, from the future or expired; sign again";
      case UNKNOWN_KEY -> "the keyid of the signature is not that of a key of this client";
      case UNSUITABLE_KEY -> "the key of the signature is too weak or of the wrong kind";
      case WRONG_ALGORITHM -> "the alg of the signature is not that of the key; leave it out";
      case MISMATCH -> "the signature was not made with this key over this request";
      case WRONG_DIGEST -> "Content-Digest is not the digest of the content that was received";
      case NONCE_REFUSED -> "the nonce of the signature was used before; send a fresh one";
    };
  }
}
