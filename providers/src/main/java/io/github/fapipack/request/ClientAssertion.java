package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Refusal;
import java.util.Optional;
import org.keycloak.common.util.Base64Url;
import org.keycloak.jose.jws.JWSInput;

/**
 * A client assertion as it was sent. Keycloak's own classes accept too much: an array instead of a
 * string, a number instead of a text, duplicate members.
 *
 * @param header the JOSE header
 * @param claims the claims
 */
public record ClientAssertion(JsonNode header, JsonNode claims) {

  /** The assertion of a request, if it has one. */
  public static Optional<ClientAssertion> in(Object occasion) throws Refusal {
    if (!(occasion instanceof ClientAuthenticationEvent request) || request.assertion().isEmpty()) {
      return Optional.empty();
    }
    JWSInput jws = request.assertion().get();
    return Optional.of(of(Base64Url.decode(jws.getEncodedHeader()), jws.getContent()));
  }

  public static ClientAssertion of(byte[] header, byte[] payload) throws Refusal {
    return new ClientAssertion(object(header, "header"), object(payload, "payload"));
  }

  private static JsonNode object(byte[] json, String part) throws Refusal {
    return StrictJson.object(json)
        .orElseThrow(
            () ->
                Refusal.invalidClient(
                    "the "
                        + part
                        + " of client_assertion must be one JSON object that has no member more"
                        + " than once"));
  }
}
