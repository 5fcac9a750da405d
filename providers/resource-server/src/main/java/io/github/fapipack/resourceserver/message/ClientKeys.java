package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public keys with which clients sign messages. Where they come from is the API's business;
 * never from a token or from a message.
 */
@FunctionalInterface
public interface ClientKeys {

  /**
   * The keys of a client with this name, any of which may have made a signature; none if there is
   * no such client or key.
   *
   * @throws RefusedRequest with 503 if that cannot be told now
   */
  List<ClientKey> find(String clientId, String keyId) throws RefusedRequest;

  /** Keys that are known beforehand, by client id. */
  static ClientKeys of(Map<String, JWKSet> sets) {
    Map<String, ClientKeySet> all = new HashMap<>();
    sets.forEach((clientId, set) -> all.put(clientId, ClientKeySet.of(set.getKeys())));
    return (clientId, keyId) -> {
      ClientKeySet keys = all.get(clientId);
      return keys == null ? List.of() : keys.find(keyId);
    };
  }
}
