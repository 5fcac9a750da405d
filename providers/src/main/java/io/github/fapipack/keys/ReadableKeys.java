package io.github.fapipack.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;

/**
 * The usable keys of a JWK set; unusable entries are ignored (RFC 7517 5). Keycloak ignores the
 * whole set if one entry is not an object, and an inline key without {@code use}, which is optional
 * (RFC 7517 4.2).
 */
public final class ReadableKeys {

  private ReadableKeys() {}

  /**
   * The keys for one use: those that state it, and those that state none and whose {@code alg} does
   * not contradict it. For encryption, where only the first one is used, keys that state it come
   * first.
   *
   * @throws IOException if the text is not a JWK set
   */
  public static List<KeyWrapper> of(String keySet, JWK.Use use) throws IOException {
    JsonNode entries = entries(keySet);
    List<KeyWrapper> named = new ArrayList<>();
    List<KeyWrapper> unnamed = new ArrayList<>();
    for (JsonNode entry : entries) {
      boolean isNamed = entry.hasNonNull(JWK.PUBLIC_KEY_USE);
      if (isNamed || isFor(entry, use)) {
        key(entry, use).ifPresent((isNamed ? named : unnamed)::add);
      }
    }
    if (use == JWK.Use.ENCRYPTION && !named.isEmpty()) {
      return named;
    }
    named.addAll(unnamed);
    return named;
  }

  /**
   * All entries in the form of a JWK, usable or not.
   *
   * @throws IOException if the text is not a JWK set
   */
  static List<JWK> jwks(String keySet) throws IOException {
    List<JWK> found = new ArrayList<>();
    entries(keySet).forEach(entry -> jwk(entry).ifPresent(found::add));
    return found;
  }

  private static JsonNode entries(String keySet) throws IOException {
    JsonNode entries = JsonSerialization.mapper.readTree(keySet).path("keys");
    if (!entries.isArray()) {
      throw new IOException("no JWK set");
    }
    return entries;
  }

  /** The keys for encryption; empty if there is no key set. */
  public static List<KeyWrapper> forEncryption(String keySet) {
    try {
      return keySet == null ? List.of() : of(keySet, JWK.Use.ENCRYPTION);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Whether an entry of a key set is a usable public key. */
  public static boolean isKey(JsonNode entry) {
    return jwk(entry)
        .map(
            jwk -> {
              jwk.setPublicKeyUse(null); // for any use
              return !wrapped(jwk, JWK.Use.SIG).isEmpty();
            })
        .orElse(false);
  }

  /** Whether an entry has the form of a JWK, so that Keycloak can store it. */
  public static boolean isJwk(JsonNode entry) {
    return jwk(entry).isPresent();
  }

  private static boolean isFor(JsonNode entry, JWK.Use use) {
    String algorithm = entry.path(JWK.ALGORITHM).asText("");
    boolean encrypts = algorithm.startsWith("RSA") || algorithm.startsWith("ECDH");
    return algorithm.isEmpty() || encrypts == (use == JWK.Use.ENCRYPTION);
  }

  private static Optional<KeyWrapper> key(JsonNode entry, JWK.Use use) {
    return jwk(entry).flatMap(jwk -> wrapped(jwk, use).stream().findFirst());
  }

  private static Optional<JWK> jwk(JsonNode entry) {
    try {
      return entry.isObject()
          ? Optional.of(JsonSerialization.mapper.treeToValue(entry, JWK.class))
          : Optional.empty();
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.empty(); // a member has a wrong type
    }
  }

  /** Keycloak ignores an entry whose key cannot be created. */
  private static List<KeyWrapper> wrapped(JWK jwk, JWK.Use use) {
    JSONWebKeySet alone = new JSONWebKeySet();
    alone.setKeys(new JWK[] {jwk});
    return JWKSUtils.getKeyWrappersForUse(alone, use, true).getKeys();
  }
}
