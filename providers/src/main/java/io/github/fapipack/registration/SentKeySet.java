package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.keys.KeyFault;
import io.github.fapipack.keys.ReadableKeys;
import io.github.fapipack.rule.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * A key set that a client registers. Keycloak fails if it cannot read one of the keys, and ignores
 * keys without {@code use}; so it gets only what it can read, and the original is stored.
 */
final class SentKeySet {

  /** The client attribute with the key set. */
  static final String STORED = OIDCConfigAttributes.JWKS_STRING;

  private static final String MEMBER = "jwks";
  private static final String KEYS = "keys";
  private static final int MOST_NAMED = 3;

  private SentKeySet() {}

  /**
   * Replaces {@code jwks} by what Keycloak can read of it.
   *
   * @return what to store; empty if there is no key set or it is malformed
   * @throws Refusal for a client that authenticates by keys but has none for signatures
   */
  static Optional<String> take(ObjectNode metadata) throws Refusal {
    if (!(metadata.get(MEMBER) instanceof ObjectNode keySet)
        || !(keySet.get(KEYS) instanceof ArrayNode entries)) {
      return Optional.empty(); // Keycloak reports the error
    }
    ObjectNode stored = keySet.deepCopy();
    ArrayNode shaped = stored.putArray(KEYS);
    ArrayNode readable = keySet.arrayNode();
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      if (ReadableKeys.isJwk(entry)) {
        shaped.add(entry);
      }
      if (ReadableKeys.isKey(entry)) {
        readable.add(shown((ObjectNode) entry));
      }
      KeyFault.ofSigning(entry, MEMBER + "." + KEYS + "[" + i + "]").ifPresent(faults::add);
    }
    if (!faults.isEmpty()
        && faults.size() == entries.size()
        && OIDCLoginProtocol.PRIVATE_KEY_JWT.equals(
            metadata.path("token_endpoint_auth_method").asText())) {
      throw ProposedClient.refusal(
          "jwks holds no key to sign with: "
              + String.join("; ", faults.subList(0, Math.min(faults.size(), MOST_NAMED))));
    }
    keySet.set(KEYS, readable);
    return Optional.of(stored.toString());
  }

  private static ObjectNode shown(ObjectNode entry) {
    return entry.hasNonNull(JWK.PUBLIC_KEY_USE)
        ? entry
        : entry.deepCopy().put(JWK.PUBLIC_KEY_USE, JWK.Use.SIG.asString());
  }
}
