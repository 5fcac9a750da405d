package io.github.fapipack.resourceserver;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.message.BodySigner;
import io.github.fapipack.resourceserver.message.HttpSignatures;
import io.github.fapipack.resourceserver.message.RequestSignatures;
import io.github.fapipack.resourceserver.message.ResponseSignatures;
import io.github.fapipack.resourceserver.message.SignedBodies;
import io.github.fapipack.resourceserver.message.SignedBody;
import io.github.fapipack.resourceserver.message.SignedBodyCheck;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signatures over whole messages, as far as the API uses them.
 *
 * @param detached whether bodies of responses get a detached JWS
 */
record Messages(
    Optional<RequestSignatures> requests,
    Optional<ResponseSignatures> responses,
    Optional<SignedBodyCheck> bodies,
    Optional<BodySigner> signer,
    boolean detached) {

  static Messages of(
      Optional<HttpSignatures> http,
      Optional<SignedBodies> bodies,
      ReplayStore store,
      Clock clock) {
    Optional<SignedBodies> signing = bodies.filter(settings -> settings.own().isPresent());
    return new Messages(
        http.filter(settings -> settings.keys().isPresent())
            .map(settings -> new RequestSignatures(settings, store, clock)),
        http.filter(settings -> settings.own().isPresent())
            .map(settings -> new ResponseSignatures(settings, clock)),
        bodies.map(settings -> new SignedBodyCheck(settings, store, clock)),
        signing.map(settings -> new BodySigner(settings, clock)),
        signing.filter(settings -> settings.form() == SignedBodies.Form.DETACHED).isPresent());
  }

  /** The signed body, if there is one; refuses what is not signed as it must be. */
  Optional<SignedBody> check(ApiRequest request, AccessToken token) throws RefusedRequest {
    if (requests.isPresent()) {
      requests.get().check(request, token.clientId());
    }
    return bodies.isPresent() ? bodies.get().check(request, token) : Optional.empty();
  }

  boolean signsResponses() {
    return responses.isPresent() || detached;
  }

  /** The fields that sign a response. */
  List<HttpField> sign(ApiRequest request, int status, List<HttpField> fields, byte[] content) {
    List<HttpField> more = new ArrayList<>();
    if (detached && content.length > 0) {
      more.add(signer.orElseThrow().detached(content));
    }
    if (responses.isPresent()) {
      List<HttpField> all = new ArrayList<>(fields);
      all.addAll(more);
      more.addAll(responses.get().sign(request, status, all, content));
    }
    return more;
  }

  String jwt(AccessToken token, Map<String, Object> claims) {
    return signer
        .orElseThrow(() -> new IllegalStateException("set signedBodies(...) with a signing key"))
        .jwt(token, claims);
  }
}
