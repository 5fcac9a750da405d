package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.Component;
import io.github.fapipack.httpsig.ContentDigest;
import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.MessageSigner;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.SignatureInput;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Requests with HTTP message signatures. */
final class SignedRequests {
  private SignedRequests() {}

  static HttpField digest(String body) {
    return ContentDigest.field(
        body.getBytes(StandardCharsets.UTF_8), ContentDigest.Algorithm.SHA_256);
  }

  static ApiRequest signedOver(ApiRequest request, List<String> covered, String tag) {
    return signedWith(
        request,
        SignatureInput.covering(covered.stream().map(Component::of).toList())
            .withCreated(Caller.NOW)
            .withTag(tag));
  }

  static ApiRequest signedWith(ApiRequest request, SignatureInput input) {
    RequestMessage message =
        new RequestMessage(request.method(), request.targetUri(), request.fields());
    try {
      return Caller.with(
          request,
          message
              .with(new MessageSigner(OwnKey.of(Caller.EC).key()).sign(message, "fapi", input))
              .fields());
    } catch (HttpSignatureException e) {
      throw new IllegalStateException(e);
    }
  }

  static ApiRequest signed(String method, String content, JWK key, Clock clock) {
    ApiRequest request = Caller.request(method, content);
    RequestMessage message =
        new RequestMessage(request.method(), request.targetUri(), request.fields());
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return Caller.with(
          request,
          FapiSignatures.at(clock).signRequest(message, bytes, OwnKey.of(key).key()).fields());
    } catch (HttpSignatureException e) {
      throw new IllegalStateException(e);
    }
  }
}
