package io.github.fapipack.it.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Where consents are lodged and changed without TLS and authentication, by people and by programs:
 * {@code POST /consents} takes a document (only {@code client_id} is required) and returns it with
 * its id, {@code GET /consents/<id>} shows it, {@code POST /consents/<id>} changes members, for
 * example {@code {"status":"expired"}}, and {@code POST /consents/<id>/end} revokes it and tells
 * the realm that has asked for it.
 */
final class Lodging implements AutoCloseable {
  private static final String ROOT = "/consents";
  private static final String END = "/end";

  private final HttpServer server = LocalHttp.plain();
  private final ConsentServiceStub stub;

  Lodging(ConsentServiceStub stub) {
    this.stub = stub;
    server.createContext(ROOT, this::serve);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + ROOT);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(ROOT.length());
    boolean posts = exchange.getRequestMethod().equals("POST");
    if (path.length() <= 1 && posts) {
      lodge(exchange);
      return;
    }
    boolean ends = posts && path.endsWith(END);
    String id = path.substring(0, path.length() - (ends ? END.length() : 0));
    Optional<LodgedConsent> consent =
        id.isEmpty() ? Optional.empty() : stub.consent(id.substring(1));
    if (consent.isEmpty()) {
      LocalHttp.answer(exchange, 404, "{\"error\":\"POST /consents, or /consents/<id>\"}\n");
      return;
    }
    if (ends) {
      consent.get().status("revoked");
      LocalHttp.answer(exchange, stub.ended(consent.get().id()).send().status(), "{}\n");
      return;
    }
    if (posts) {
      Json.parse(LocalHttp.body(exchange))
          .properties()
          .forEach(member -> consent.get().set(member.getKey(), member.getValue()));
    }
    LocalHttp.answer(exchange, 200, shown(consent.get()));
  }

  private void lodge(HttpExchange exchange) throws IOException {
    JsonNode members = Json.parse(LocalHttp.body(exchange));
    if (members instanceof ObjectNode object && object.path("client_id").isTextual()) {
      LocalHttp.answer(exchange, 201, shown(stub.lodge(ConsentDraft.of(object))));
    } else {
      LocalHttp.answer(exchange, 400, "{\"error\":\"send JSON with client_id\"}\n");
    }
  }

  private String shown(LodgedConsent consent) {
    return Json.text(consent.shown(stub.address().toString())) + "\n";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
