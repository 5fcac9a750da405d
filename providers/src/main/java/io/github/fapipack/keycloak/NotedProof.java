package io.github.fapipack.keycloak;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.KeycloakSession;

/**
 * The key under which Keycloak notes, in its store of what is good for one use, each DPoP proof
 * that it takes; it tells nobody whether it has.
 *
 * @param key the key in the store
 */
public record NotedProof(String key) {

  /**
   * The note of one proof.
   *
   * @param id claim {@code jti} of the proof
   * @param target claim {@code htu} as Keycloak reads it
   */
  public static NotedProof of(String id, URI target) {
    byte[] both = (id + "\n" + target).getBytes(StandardCharsets.UTF_8);
    return new NotedProof(HexFormat.of().formatHex(HashUtils.hash("SHA1", both)));
  }

  /** Whether Keycloak has taken the proof. */
  public boolean isThere(KeycloakSession session) {
    return session.singleUseObjects().contains(key);
  }
}
