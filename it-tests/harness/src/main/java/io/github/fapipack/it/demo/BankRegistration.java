package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.ClientCertificate;
import java.net.URI;

/** The registration endpoint of a bank, and the list that the bank has of participants. */
record BankRegistration(ServedScheme at) {

  /** Registers (RFC 7591 3.1); without a certificate if it is null. */
  HttpExchange register(JsonNode body, ClientCertificate certificateOrNull) {
    URI endpoint = URI.create(at.bank() + "/clients-registrations/software-statement");
    return at.connect(certificateOrNull).send("POST", endpoint, headers(), Json.text(body));
  }

  /** Replaces a registration (RFC 7592 2.2). */
  HttpExchange replace(HttpExchange registered, JsonNode body, ClientCertificate certificate) {
    JsonNode answer = registered.json();
    NamedValues headers =
        headers()
            .set("Authorization", "Bearer " + answer.path("registration_access_token").asText());
    return at.connect(certificate)
        .send(
            "PUT",
            URI.create(answer.path("registration_client_uri").asText()),
            headers,
            Json.text(body));
  }

  private static NamedValues headers() {
    return new NamedValues()
        .set("Accept", "application/json")
        .set("Content-Type", "application/json");
  }

  /** Has the bank read the list of participants now. */
  JsonNode readList() {
    String path = "/" + at.bankRealm() + "/fapi/participants/refresh";
    return at.operator().admin().send("POST", path, null).json();
  }
}
