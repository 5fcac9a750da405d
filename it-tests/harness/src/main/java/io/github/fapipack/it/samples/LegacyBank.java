package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A typical older realm: created before any policy, with many clients that FAPI forbids. It is
 * deliberately weak, and only for trials and tests.
 */
public final class LegacyBank {
  /** The one client that needs few changes: with its own keys it can run a whole flow. */
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
