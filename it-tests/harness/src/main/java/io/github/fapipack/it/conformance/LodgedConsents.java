package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.conformance.ResourceServer.Reply;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.jose.JwtDraft;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Accepts the consents that clients lodge, as the run's file describes them for each path: their
 * id, what the response adds to what was sent, and what the bank's consent service is told. A
 * consent that is sent as a JWT is returned as one.
 *
 * @param paths by path: id, response, consent
 * @param consent what every consent says
 * @param known what the templates stand for
 * @param bank keeps the consents, so that the authorization server can ask for them
 * @param key signs responses
 */
record LodgedConsents(
    JsonNode paths, JsonNode consent, Template known, ConsentServiceStub bank, JWK key) {
  private static final String JWT = "application/jwt";
  private static final Duration LIFE = Duration.ofDays(90);

  LodgedConsents(JsonNode settings, Template known, ConsentServiceStub bank) {
    this(settings.path("consents"), settings.path("bankConsent"), known, bank, ClientKeys.ps256());
  }

  /** Keeps what the client sends, and returns it with its id. */
  Reply lodge(HttpExchange exchange, String path, String clientId) throws IOException {
    JsonNode described = paths.path(path);
    if (described.isMissingNode()) {
      return Reply.json(404, "{\"error\":\"not_found\"}");
    }
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    String body = LocalHttp.body(exchange);
    Template values = known.copy().with("uuid", UUID.randomUUID().toString());
    String id = values.fill(described.path("id")).asText();
    values.with("consent", id).with("client", clientId);
    tellBank(id, clientId, Template.merge(consent, values.fill(described.path("consent"))));
    JsonNode response = values.fill(described.path("response"));
    if (!type.startsWith(JWT)) {
      return Reply.json(201, Template.merge(Json.parse(body), response));
    }
    JsonNode claims = Template.merge(claims(body), response);
    return new Reply(201, JWT, new Signed(key, claims).sign(), Map.of());
  }

  private void tellBank(String id, String clientId, JsonNode members) {
    ObjectNode document = Json.object().put("consent_id", id).put("client_id", clientId);
    bank.lodge(ConsentDraft.of((ObjectNode) Template.merge(document, members)).expires(LIFE));
  }

  private static JsonNode claims(String jwt) {
    try {
      return Json.parse(SignedJWT.parse(jwt).getPayload().toString());
    } catch (ParseException e) {
      throw new IllegalArgumentException("The consent is no JWT", e);
    }
  }

  private static final class Signed extends JwtDraft<Signed> {
    Signed(JWK key, JsonNode claims) {
      super(key);
      claims.properties().forEach(claim -> claim(claim.getKey(), Json.value(claim.getValue())));
    }

    @Override
    protected Signed self() {
      return this;
    }
  }
}
