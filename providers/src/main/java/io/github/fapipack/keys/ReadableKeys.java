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
 * The keys of a JWK set that can be read; an entry that cannot be is left out, and the others stay
 * (RFC 7517 5). Keycloak drops the whole set for an entry that is no object, and an inline key for
 * want of {@code use}, which is optional (RFC 7517 4.2).
 */
public final class ReadableKeys {

  private ReadableKeys() {}

  /**
   * The keys for one use: those that name it, and those that name none and whose {@code alg} does
   * not speak against it. A key that names its use comes first for encryption, where only one is
   * chosen.
   *
   * @throws IOException when the text is no JWK set
   */
  static List<KeyWrapper> of(String keySet, JWK.Use use) throws IOException {
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
   * Whatever has the shape of a JWK, with or without a key that can be used.
   *
   * @throws IOException when the text is no JWK set
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

  /** The keys to encrypt with; none where there is no key set. */
  public static List<KeyWrapper> forEncryption(String keySet) {
    try {
      return keySet == null ? List.of() : of(keySet, JWK.Use.ENCRYPTION);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Whether an entry of a key set is a public key that can be used for something. */
  public static boolean isKey(JsonNode entry) {
    return jwk(entry)
        .map(
            jwk -> {
              jwk.setPublicKeyUse(null); // whatever it is for
              return !wrapped(jwk, JWK.Use.SIG).isEmpty();
            })
        .orElse(false);
  }

  /** Whether an entry has the shape of a JWK, so that Keycloak can store it. */
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

  /** Keycloak leaves out one whose key cannot be made. */
  private static List<KeyWrapper> wrapped(JWK jwk, JWK.Use use) {
    JSONWebKeySet alone = new JSONWebKeySet();
    alone.setKeys(new JWK[] {jwk});
    return JWKSUtils.getKeyWrappersForUse(alone, use, true).getKeys();
  }
}
