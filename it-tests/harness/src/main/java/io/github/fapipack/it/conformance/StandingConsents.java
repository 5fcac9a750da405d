package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTParser;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import java.text.ParseException;
import java.time.Duration;

/**
 * Consents that nobody lodges, because their ids stand in the plan's configuration: the suite sends
 * the same ones for both clients and in every module. While a request is being pushed, the bank has
 * them as if the client of that request had just lodged them.
 *
 * @param ids of these consents
 * @param consent what they say
 */
record StandingConsents(JsonNode ids, JsonNode consent, ConsentServiceStub bank, SuiteApi suite) {
  private static final Duration LIFE = Duration.ofDays(90);
  private static final String PUSHED = "/ext/par/request";

  /** Renews the consents from now on, or leaves those of an earlier run alone if there are none. */
  void begin() {
    bank.recover();
    if (!ids.isEmpty()) {
      bank.before(Operation.FIND, this::renew);
    }
  }

  private void renew() {
    JsonNode last = Json.object();
    for (JsonNode entry : suite.newestLog()) {
      last = entry.has("http") ? entry : last;
    }
    boolean pushing =
        last.path("http").asText().equals("request")
            && last.path("request_uri").asText().endsWith(PUSHED);
    if (pushing) {
      String client = client(NamedValues.parse(last.path("request_body").asText()));
      ids.forEach(id -> lodge(id.asText(), client));
    }
  }

  private void lodge(String id, String client) {
    ObjectNode document = Json.object().put("consent_id", id).put("client_id", client);
    bank.lodge(ConsentDraft.of((ObjectNode) Template.merge(document, consent)).expires(LIFE));
  }

  private static String client(NamedValues form) {
    try {
      return form.get("client_id").isPresent()
          ? form.get("client_id").get()
          : JWTParser.parse(form.get("client_assertion").orElse("")).getJWTClaimsSet().getSubject();
    } catch (ParseException e) {
      throw new IllegalStateException("The suite's request names no client", e);
    }
  }
}
