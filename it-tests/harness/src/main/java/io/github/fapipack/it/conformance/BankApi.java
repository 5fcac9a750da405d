package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.it.conformance.ResourceServer.Reply;
import io.github.fapipack.it.conformance.ResourceServer.Resources;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * The API of the bank of one realm: consents are lodged where the run's file says so, every other
 * path is an account, and the user's device decides for the suite.
 */
record BankApi(URI address, TokenCheck tokens, LodgedConsents consents, DecidingDevice device)
    implements Resources {
  private static final String DECISION = "/decision";

  @Override
  public Reply reply(HttpExchange exchange, String path) throws IOException {
    if (path.equals(DECISION)) {
      return device.decide(exchange.getRequestURI());
    }
    try {
      JsonNode token = tokens.check(exchange, URI.create(address + path));
      return exchange.getRequestMethod().equals("POST")
          ? consents.lodge(exchange, path, token.path("client_id").asText())
          : account(token);
    } catch (TokenRefused refused) {
      return refusal(refused);
    }
  }

  private static Reply account(JsonNode token) {
    return Reply.json(
        200, Json.object().put("account", "current").put("owner", token.path("sub").asText()));
  }

  private static Reply refusal(TokenRefused refused) {
    String scheme =
        refused.error().equals("invalid_dpop_proof") ? "DPoP algs=\"PS256 ES256\", " : "Bearer ";
    String challenge = scheme + "error=\"%s\", error_description=\"%s\"";
    return new Reply(
        401,
        "application/json",
        Json.object().put("error", refused.error()).toString(),
        Map.of("WWW-Authenticate", challenge.formatted(refused.error(), refused.getMessage())));
  }
}
