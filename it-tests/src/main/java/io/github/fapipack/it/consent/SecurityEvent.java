package io.github.fapipack.it.consent;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.jose.JwtDraft;
import java.util.Map;

/**
 * The event of a consent service that a consent has ended (RFC 8417), right until it is altered.
 */
public final class SecurityEvent extends JwtDraft<SecurityEvent> {
  /** The type of the event. */
  public static final String TYPE = "https://fapipack.github.io/events/consent-ended";

  /** The media type of the request that pushes it. */
  public static final String MEDIA_TYPE = "application/secevent+jwt";

  SecurityEvent(String issuer, String audience, JWK key, String consentId) {
    super(key);
    typ("secevent+jwt");
    claim("iss", issuer);
    claim("aud", audience);
    consent(consentId);
  }

  /** Names a consent; null leaves it out. */
  public SecurityEvent consent(Object consentId) {
    return events(TYPE, consentId == null ? Map.of() : Map.of("consent_id", consentId));
  }

  /** Has one event. */
  public SecurityEvent events(String type, Object payload) {
    return claim("events", Map.of(type, payload));
  }

  @Override
  public SecurityEvent key(JWK key) {
    return super.key(key).header("kid", key.getKeyID());
  }

  @Override
  protected SecurityEvent self() {
    return this;
  }
}
