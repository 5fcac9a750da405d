package io.github.fapipack.it.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The bank's own consent page, for people who try it: shows the consent with its accounts, and two
 * buttons. Tests read the question, and answer it themselves.
 */
final class BankSite {
  private final ConsentServiceStub service;
  private final CallerCheck check;

  BankSite(ConsentServiceStub service, CallerCheck check) {
    this.service = service;
    this.check = check;
  }

  /** The claims of a question; empty if no realm has asked it of this service, or too long ago. */
  Map<String, Object> question(URI address) {
    Optional<JWTClaimsSet> claims =
        NamedValues.parse(address.getRawQuery()).get("request").flatMap(check::verified);
    return claims
        .filter(set -> set.getAudience().contains(service.address().toString()))
        .filter(set -> set.getExpirationTime().toInstant().isAfter(Instant.now()))
        .map(JWTClaimsSet::getClaims)
        .orElse(Map.of());
  }

  void serve(HttpExchange exchange) throws IOException {
    Map<String, Object> question = question(exchange.getRequestURI());
    Optional<LodgedConsent> consent = service.consent(String.valueOf(question.get("consent_id")));
    if (consent.isEmpty()) {
      LocalHttp.answer(exchange, 400, "{\"error\":\"this is not a question of the realm\"}");
    } else if (exchange.getRequestMethod().equals("POST")) {
      NamedValues form = NamedValues.parse(LocalHttp.body(exchange));
      boolean approves = form.get("approve").isPresent();
      String subject = String.valueOf(question.get("sub"));
      if (approves) {
        consent.get().authorise(subject, form.all("account"));
      }
      PageAnswer answer = service.answer(question);
      exchange
          .getResponseHeaders()
          .set("Location", (approves ? answer : answer.refused()).address().toString());
      LocalHttp.answer(exchange, 303, "");
    } else {
      page(exchange, consent.get());
    }
  }

  private static void page(HttpExchange exchange, LodgedConsent consent) throws IOException {
    StringBuilder html =
        new StringBuilder("<!doctype html><title>Bank</title><h1>Your bank asks you</h1>");
    JsonNode shown = consent.shown("");
    shown
        .path("permissions")
        .forEach(each -> html.append("<p>").append(escaped(each.at("/name/en").asText())));
    html.append("<form method=post>");
    for (JsonNode account : shown.path("accounts")) {
      html.append("<p><label><input type=checkbox name=account value=\"")
          .append(escaped(account.path("id").asText()))
          .append("\">")
          .append(escaped(account.path("name").asText()))
          .append("</label>");
    }
    html.append("<p><button name=approve value=yes>Approve</button> <button>Refuse</button>");
    byte[] body = html.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
