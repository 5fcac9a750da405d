package io.github.fapipack.it.consent;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.jose.JwtDraft;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The signed event that tells a realm that the bank has ended a consent (RFC 8417, RFC 8935). */
public final class EndedEvent extends JwtDraft<EndedEvent> {
  private static final String TYPE = "https://fapipack.github.io/events/consent-ended";

  private final HttpTransport transport;
  private final String realm;

  EndedEvent(JWK key, String service, HttpTransport transport, String realm, String consentId) {
    super(key);
    this.transport = transport;
    this.realm = realm;
    typ("secevent+jwt");
    header("kid", key.getKeyID());
    claim("iss", service);
    claim("aud", realm);
    iat(Duration.ZERO);
    jti(UUID.randomUUID().toString());
    claim("events", Map.of(TYPE, Map.of("consent_id", consentId)));
  }

  @Override
  protected EndedEvent self() {
    return this;
  }

  /** Sends it; a realm that has accepted it answers 202. */
  public HttpExchange send() {
    return transport.send(
        "POST",
        URI.create(realm + "/fapi-consents/events"),
        new NamedValues().set("Content-Type", "application/secevent+jwt"),
        sign());
  }
}
