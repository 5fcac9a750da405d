package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A realm as many are: made before any policy, with a spread of clients that FAPI forbids. It is
 * weak on purpose, and for trying and testing only.
 */
public final class LegacyBank {
  /** Its one client that lacks little: with keys of its own it can run a whole flow. */
  public static final String PARTNER = "partner";

  private LegacyBank() {}

  /** The realm, ready to import. */
  public static ObjectNode realm() {
    try (InputStream in = LegacyBank.class.getResourceAsStream("/legacy-bank.json")) {
      return (ObjectNode) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of its clients, to be altered in place. */
  public static ObjectNode client(JsonNode realm, String clientId) {
    for (JsonNode client : realm.path("clients")) {
      if (client.path("clientId").asText().equals(clientId)) {
        return (ObjectNode) client;
      }
    }
    throw new IllegalArgumentException("legacy-bank has no client " + clientId);
  }
}
