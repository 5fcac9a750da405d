package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.jws.JoseSignatures;
import io.github.fapipack.resourceserver.message.ErrorStyle.Fault;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Bodies whose signature is in the field x-jws-signature (Open Banking UK, Read/Write Data API
 * Profile, Message Signing): with {@code b64} false up to version 3.1.3, without it since 3.1.4.
 */
final class DetachedBodies implements BodyForm {
  static final String FIELD = "x-jws-signature";

  private final SignedBodies settings;
  private final Replays replays;
  private final BodyTimes times;

  DetachedBodies(SignedBodies settings, Replays replays, Clock clock) {
    this.settings = settings;
    this.replays = replays;
    this.times = BodyTimes.of(settings, clock);
  }

  @Override
  public boolean isSigned(ApiRequest request) throws RefusedRequest {
    return request.single(FIELD).isPresent();
  }

  @Override
  public RefusedRequest missing() {
    return new RefusedRequest(
        Problem.BAD_SIGNATURE,
        "sign the body, and send the detached JWS in the field x-jws-signature",
        CLAUSE);
  }

  @Override
  public SignedBody verify(ApiRequest request, AccessToken token, byte[] content)
      throws RefusedRequest, BodyFault {
    String value = request.single(FIELD).orElse("");
    DetachedHeader header = DetachedHeader.parse(value, settings.algorithms());
    requireTypes(header.members());
    requireSignature(header, token, content);
    times.requireNow("iat", header.members().get(DetachedHeader.ISSUED));
    Optional<String> name = settings.clients().of(token);
    if (name.isEmpty() || !name.equals(header.text(DetachedHeader.ISSUER))) {
      throw new BodyFault(Fault.CLAIM, "iss of x-jws-signature must be who owns this client");
    }
    if (header.text(DetachedHeader.TRUST_ANCHOR).filter(settings.trustAnchor()::equals).isEmpty()) {
      throw new BodyFault(
          Fault.CLAIM, "tan of x-jws-signature must be the domain of the directory of this API");
    }
    requireFirst(header, token);
    return new SignedBody(header.members(), Map.of(), content);
  }

  private static void requireTypes(Map<String, Object> header) throws BodyFault {
    Object type = header.get("typ");
    Object content = header.get("cty");
    boolean json = content == null || content.equals("json") || content.equals("application/json");
    if (!json || !(type == null || type.equals("JOSE"))) {
      throw new BodyFault(
          Fault.CLAIM, "typ of x-jws-signature must be JOSE and cty json, where they are there");
    }
  }

  private void requireSignature(DetachedHeader header, AccessToken token, byte[] content)
      throws RefusedRequest, BodyFault {
    Optional<String> keyId = header.text("kid");
    if (keyId.isEmpty()) {
      throw new BodyFault(Fault.MISSING_CLAIM, "the header of x-jws-signature needs a kid");
    }
    byte[] input = header.input(content);
    for (ClientKey key : settings.keys().find(token.clientId(), keyId.get())) {
      if (key.algorithm() == header.algorithm()
          && JoseSignatures.verify(key.algorithm(), key.key(), input, header.signature())) {
        return;
      }
    }
    throw new BodyFault(
        Fault.SIGNATURE,
        "x-jws-signature is not over this body, or not with a key of this client with that kid");
  }

  private void requireFirst(DetachedHeader header, AccessToken token)
      throws RefusedRequest, BodyFault {
    if (settings.once().isZero()) {
      return;
    }
    String key = "s " + Replays.keyOf(header.signature());
    if (!replays.isFirst(token.clientId(), key, times.until(settings.once()))) {
      throw new BodyFault(Fault.REPLAY, "this x-jws-signature was used before; sign again");
    }
  }
}
