package io.github.fapipack.it.consent;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.jose.JwtDraft;
import java.net.URI;
import java.util.Map;

/**
 * The signed event that tells a realm that the bank has ended a consent (RFC 8417, RFC 8935), right
 * until it is altered.
 */
public final class EndedEvent extends JwtDraft<EndedEvent> {
  /** The type of the event. */
  public static final String TYPE = "https://fapipack.github.io/events/consent-ended";

  /** The media type of the request that pushes it. */
  public static final String MEDIA_TYPE = "application/secevent+jwt";

  private final HttpTransport transport;
  private final String realm;

  EndedEvent(JWK key, String service, HttpTransport transport, String realm, String consentId) {
    super(key);
    this.transport = transport;
    this.realm = realm;
    typ("secevent+jwt");
    claim("iss", service);
    claim("aud", realm);
    consent(consentId);
  }

  /** Names a consent; null leaves it out. */
  public EndedEvent consent(Object consentId) {
    return events(TYPE, consentId == null ? Map.of() : Map.of("consent_id", consentId));
  }

  /** Has one event. */
  public EndedEvent events(String type, Object payload) {
    return claim("events", Map.of(type, payload));
  }

  @Override
  public EndedEvent key(JWK key) {
    return super.key(key).header("kid", key.getKeyID());
  }

  @Override
  protected EndedEvent self() {
    return this;
  }

  /** Sends it; a realm that has accepted it answers 202. */
  public HttpExchange send() {
    return send(MEDIA_TYPE, sign());
  }

  /** Sends any text to the same place. */
  public HttpExchange send(String mediaType, String body) {
    return transport.send(
        "POST",
        URI.create(realm + "/fapi-consents/events"),
        new NamedValues().set("Content-Type", mediaType),
        body);
  }
}
