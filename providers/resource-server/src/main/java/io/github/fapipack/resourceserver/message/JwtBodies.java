package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.jws.Base64Url;
import io.github.fapipack.resourceserver.jws.CompactJws;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.message.ErrorStyle.Fault;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Uuids;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bodies that are JWTs (Open Finance Brazil, Financial-grade API Security Profile 1.0, message
 * content signing 3 to 9).
 */
final class JwtBodies implements BodyForm {
  private static final String MEDIA_TYPE = "application/jwt";

  private final SignedBodies settings;
  private final Replays replays;
  private final BodyTimes times;

  JwtBodies(SignedBodies settings, Replays replays, Clock clock) {
    this.settings = settings;
    this.replays = replays;
    this.times = BodyTimes.of(settings, clock);
  }

  @Override
  public boolean isSigned(ApiRequest request) throws RefusedRequest {
    return Content.type(request).equals(MEDIA_TYPE);
  }

  @Override
  public RefusedRequest missing() {
    return new RefusedRequest(
        Problem.UNSUPPORTED_MEDIA_TYPE,
        "send the body as a signed JWT with the media type application/jwt",
        CLAUSE);
  }

  @Override
  public SignedBody verify(ApiRequest request, AccessToken token, byte[] content)
      throws RefusedRequest, BodyFault {
    CompactJws jws = parse(content);
    requireSignature(jws, token);
    requireAudience(request, jws.claims().get("aud"));
    Optional<String> name = settings.clients().of(token);
    if (name.isEmpty() || !name.equals(jws.claim("iss"))) {
      throw new BodyFault(Fault.CLAIM, "iss of the signed body must be who owns this client");
    }
    times.requireNow("iat", jws.claims().get("iat"));
    times.requireValid(jws.claims().get("exp"), jws.claims().get("nbf"));
    requireFirst(jws, token);
    return new SignedBody(jws.header(), jws.claims(), payload(content));
  }

  private CompactJws parse(byte[] content) throws BodyFault {
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    CompactJws jws;
    try {
      jws = CompactJws.parse(text, SignedBodyCheck.LARGEST_CONTENT, settings.algorithms());
    } catch (MalformedJws malformed) {
      throw new BodyFault(Fault.MALFORMED, "the signed body " + malformed.sentence());
    }
    if (!jws.header("typ").filter("JWT"::equalsIgnoreCase).isPresent()) {
      throw new BodyFault(Fault.MISSING_CLAIM, "the header of the signed body needs typ JWT");
    }
    return jws;
  }

  private void requireSignature(CompactJws jws, AccessToken token)
      throws RefusedRequest, BodyFault {
    Optional<String> keyId = jws.header("kid");
    if (keyId.isEmpty()) {
      throw new BodyFault(Fault.MISSING_CLAIM, "the header of the signed body needs a kid");
    }
    for (ClientKey key : settings.keys().find(token.clientId(), keyId.get())) {
      if (key.algorithm() == jws.algorithm() && jws.isSignedBy(key.key())) {
        return;
      }
    }
    throw new BodyFault(
        Fault.SIGNATURE, "the body is not signed with a key of this client with that kid");
  }

  private void requireAudience(ApiRequest request, Object audience) throws BodyFault {
    List<?> named = audience instanceof List<?> several ? several : List.of(text(audience));
    String target = withoutQuery(request.targetUri());
    if (!named.contains(target) && settings.audience().filter(named::contains).isEmpty()) {
      throw new BodyFault(Fault.CLAIM, "aud of the signed body must be the address of the request");
    }
  }

  private static String text(Object audience) {
    return audience instanceof String one ? one : "";
  }

  private static String withoutQuery(String uri) {
    int end = uri.indexOf('?');
    return end < 0 ? uri : uri.substring(0, end);
  }

  private void requireFirst(CompactJws jws, AccessToken token) throws RefusedRequest, BodyFault {
    if (settings.once().isZero()) {
      return;
    }
    Optional<String> id = jws.claim("jti").filter(Uuids::isUuid);
    if (id.isEmpty()) {
      throw new BodyFault(Fault.MISSING_CLAIM, "jti of the signed body must be a new UUID");
    }
    String key = id.get().toLowerCase(Locale.ROOT);
    if (!replays.isFirst(token.clientId(), key, times.until(settings.once()))) {
      throw new BodyFault(Fault.REPLAY, "jti of the signed body was used before; send a new one");
    }
  }

  private static byte[] payload(byte[] content) throws BodyFault {
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    try {
      return Base64Url.decode(text.substring(text.indexOf('.') + 1, text.lastIndexOf('.')));
    } catch (MalformedJws never) {
      throw new BodyFault(Fault.MALFORMED, "the signed body " + never.sentence());
    }
  }
}
