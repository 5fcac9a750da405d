package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.jws.Base64Url;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Signs the bodies of responses as the ecosystem has it. */
public final class BodySigner {
  private final SignedBodies settings;
  private final SignedBodies.Signer own;
  private final OwnKey key;
  private final Clock clock;

  /**
   * Signs with the key of these settings.
   *
   * @throws IllegalArgumentException if they have none
   */
  public BodySigner(SignedBodies settings, Clock clock) {
    this.settings = settings;
    this.own =
        settings
            .own()
            .orElseThrow(() -> new IllegalArgumentException("there is no key for responses"));
    this.key = OwnKey.of(own.key());
    this.clock = clock;
  }

  /**
   * A body that is a JWT, to be sent with the media type {@code application/jwt}. Its {@code iss},
   * {@code aud}, {@code iat} and {@code jti} are set here.
   *
   * @param token the token of the request, whose client it is for
   */
  public String jwt(AccessToken token, Map<String, Object> claims) {
    Map<String, Object> all = new LinkedHashMap<>(claims);
    all.put("iss", own.name());
    all.put("aud", settings.clients().of(token).orElse(token.clientId()));
    all.put("iat", clock.instant().getEpochSecond());
    all.put("jti", UUID.randomUUID().toString());
    Map<String, Object> header = header("JWT");
    String input = encoded(header) + '.' + encoded(all);
    byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
    return input + '.' + Base64Url.encode(signature);
  }

  /** The field with the detached signature of a body. */
  public HttpField detached(byte[] content) {
    Map<String, Object> header = header("JOSE");
    header.put("cty", "application/json");
    header.put(DetachedHeader.ISSUED, clock.instant().getEpochSecond());
    header.put(DetachedHeader.ISSUER, own.name());
    header.put(DetachedHeader.TRUST_ANCHOR, settings.trustAnchor());
    List<String> critical =
        new ArrayList<>(
            List.of(DetachedHeader.ISSUED, DetachedHeader.ISSUER, DetachedHeader.TRUST_ANCHOR));
    header.put("crit", critical);
    String encoded = encoded(header);
    byte[] signature = key.sign(DetachedHeader.input(encoded, false, content));
    return new HttpField(DetachedBodies.FIELD, encoded + ".." + Base64Url.encode(signature));
  }

  private Map<String, Object> header(String type) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", key.joseName());
    header.put("kid", key.id());
    header.put("typ", type);
    return header;
  }

  private static String encoded(Map<String, Object> json) {
    return Base64Url.encode(JSONObjectUtils.toJSONString(json).getBytes(StandardCharsets.UTF_8));
  }
}
