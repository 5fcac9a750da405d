package io.github.fapipack.authz;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.routes.Gate;
import io.github.fapipack.resourceserver.routes.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers a proxy that asks whether a request may pass. */
final class CheckHandler implements HttpHandler {
  private final Gate gate;
  private final AuthzSettings settings;
  private final RefusalLog log;

  CheckHandler(Gate gate, AuthzSettings settings, RefusalLog log) {
    this.gate = gate;
    this.settings = settings;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    OriginalRequest request;
    try {
      request = OriginalRequest.of(exchange, settings);
    } catch (MisconfiguredProxy misconfigured) {
      log.warning(misconfigured.getMessage());
      exchange.sendResponseHeaders(500, -1);
      return;
    }
    Passage passage = gate.decide(request.call(), request.rawPath());
    if (passage instanceof Passage.Checked checked) {
      granted(exchange, request, checked.granted());
    } else if (passage instanceof Passage.Answered answered) {
      refused(exchange, answered.refused());
    } else {
      passes(exchange, IdentityFields.NOBODY);
    }
  }

  private void granted(HttpExchange exchange, OriginalRequest request, Granted granted)
      throws IOException {
    Optional<List<HttpField>> identity = IdentityFields.of(granted, settings.identityLimit());
    if (identity.isEmpty()) {
      refused(exchange, gate.api().refuse(request.call(), tooLong()));
      return;
    }
    List<HttpField> fields = new ArrayList<>(identity.get());
    fields.addAll(granted.responseFields());
    passes(exchange, fields);
  }

  private static RefusedRequest tooLong() {
    return new RefusedRequest(
        Problem.INSUFFICIENT_AUTHORIZATION_DETAILS,
        "the token says more than the gateway can tell the API; ask for fewer authorization"
            + " details",
        "RFC9396 9");
  }

  private static void passes(HttpExchange exchange, List<HttpField> fields) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    fields.forEach(field -> headers.add(field.name(), field.value()));
    exchange.sendResponseHeaders(200, -1);
  }

  private void refused(HttpExchange exchange, Refused refused) throws IOException {
    log.refused(refused);
    CarriedRefusal.of(refused, settings.proxy()).send(exchange);
  }
}
