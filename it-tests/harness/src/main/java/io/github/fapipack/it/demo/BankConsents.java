package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;

/** The consents of the sample bank, as its own API would have them. */
final class BankConsents {
  private final URI address;
  private final HttpTransport http;

  BankConsents(URI address, HttpTransport http) {
    this.address = address;
    this.http = http;
  }

  /** Lodges a consent of a client. */
  HttpExchange lodge(String clientId, String id) {
    ObjectNode draft = ConsentDraft.forAccounts(clientId).id(id).json();
    return post("", draft.toString()).expectStatus(201);
  }

  /** A consent as the bank has it. */
  JsonNode read(String id) {
    return http.send("GET", at("/" + id), new NamedValues(), "").expectStatus(200).json();
  }

  /** The bank ends a consent, and tells the server. */
  void end(String id) {
    post("/" + id + "/end", "{}").expectStatus(202);
  }

  private HttpExchange post(String path, String body) {
    return http.send(
        "POST", at(path), new NamedValues().set("Content-Type", "application/json"), body);
  }

  private URI at(String path) {
    return URI.create(address + path);
  }
}
