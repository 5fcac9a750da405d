package io.github.fapipack.it.ecosystem;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How an authorization request about accounts names a consent of the bank, as the profile of an
 * ecosystem says it.
 *
 * @param reference the member {@code consent.reference} of the profile
 */
public record ConsentCarrier(JsonNode reference) {

  /** The scope that requests about accounts have. */
  public static final String ACCOUNTS = "accounts";

  private static final String OPENID = "openid";

  /** An id for a new consent. */
  public String newId() {
    return reference.has("details")
        ? UUID.randomUUID().toString()
        : "urn:bank:" + UUID.randomUUID();
  }

  /** The scope that carries a consent; null if no scope does. */
  public String carryingScope(String id) {
    JsonNode prefixes = reference.path("scope");
    JsonNode first = prefixes.isArray() ? prefixes.get(0) : prefixes;
    return first.isTextual() ? first.textValue() + id : null;
  }

  /** The parameters of a request that names no consent, although it needs one. */
  public static Map<String, String> withoutConsent() {
    return Map.of("scope", OPENID + " " + ACCOUNTS);
  }

  /** The parameters of a request that names a consent, beyond those of every request. */
  public Map<String, String> parameters(String id) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String carrying = carryingScope(id);
    if (carrying == null) {
      parameters.putAll(withoutConsent());
    } else if (carrying.startsWith(ACCOUNTS + ":")) {
      parameters.put("scope", OPENID + " " + carrying);
    } else {
      parameters.put("scope", OPENID + " " + ACCOUNTS + " " + carrying);
    }
    if (reference.has("claim")) {
      ObjectNode claims = Json.object();
      claims
          .putObject("id_token")
          .putObject(reference.path("claim").textValue())
          .put("essential", true)
          .put("value", id);
      parameters.put("claims", claims.toString());
    }
    if (reference.has("details")) {
      String type = reference.path("details").path("types").get(0).textValue();
      parameters.put("authorization_details", details(type, id));
    }
    return parameters;
  }

  /** Authorization details with one object of a type, an example of this harness. */
  public String details(String type, String id) {
    JsonPointer place = JsonPointer.compile(reference.at("/details/id").textValue());
    ObjectNode detail = (ObjectNode) examples().path(type).deepCopy();
    ((ObjectNode) detail.at(place.head())).put(place.last().getMatchingProperty(), id);
    return Json.object().arrayNode().add(detail).toString();
  }

  private static JsonNode examples() {
    try (InputStream in = ConsentCarrier.class.getResourceAsStream("/authorization-details.json")) {
      return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
