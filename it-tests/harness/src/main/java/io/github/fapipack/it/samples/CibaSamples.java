package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.device.PingInbox;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.server.KeycloakServer;
import java.nio.file.Path;
import java.util.List;

/**
 * The sample clients of a realm for CIBA: for each authentication method one that polls for its
 * tokens, and one that is pinged.
 */
public record CibaSamples(KeycloakServer server, AuthenticationDevice device, PingInbox inbox) {
  private static final String PINGED = "-ping";
  private static final String RULE = "fapi2-require-signed-authentication-request";

  /** Whether a realm file is one for CIBA. */
  public static boolean areFor(JsonNode export) {
    return export.findValuesAsText("executor").contains(RULE);
  }

  /** The name of the pinged client for the name of a polling one. */
  public static String pinged(String polling) {
    return polling + PINGED;
  }

  /** Registers them, and returns the folders of their files. */
  public List<Path> create(SampleClients clients, String realm, String username, String password) {
    return List.of(
            SampleClients.PRIVATE_KEY_JWT,
            SampleClients.MTLS,
            pinged(SampleClients.PRIVATE_KEY_JWT),
            pinged(SampleClients.MTLS))
        .stream()
        .map(id -> equipped(realm, id, clients.create(realm, false, id, username, password)))
        .toList();
  }

  private Path equipped(String realm, String clientId, Path home) {
    boolean pinged = clientId.endsWith(PINGED);
    ObjectNode stored = server.admin().client(realm, clientId);
    ObjectNode attributes = stored.withObject("/attributes");
    attributes.put("oidc.ciba.grant.enabled", "true");
    if (pinged) {
      attributes
          .put("ciba.backchannel.token.delivery.mode", "ping")
          .put("ciba.backchannel.client.notification.endpoint", inbox.uri().toString());
    }
    server.admin().updateClient(realm, stored);
    Path file = home.resolve("client.json");
    ObjectNode description = (ObjectNode) Json.read(file);
    description.put("device", device.address().toString());
    if (pinged) {
      description.put("pings", inbox.uri().toString());
    }
    OwnerOnly.write(file, Json.text(description));
    return home;
  }
}
