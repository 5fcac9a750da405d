package io.github.fapipack.resourceserver.token;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The public keys that an issuer publishes, as they were at one moment (RFC 7517 5). */
final class KeySet {
  private static final int MOST_KEYS = 100;

  private record Name(String keyId, SignatureAlgorithm algorithm) {}

  private final Map<Name, JwsKey> keys;

  private KeySet(Map<Name, JwsKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads a JWK set. Keys that are for something else are left out.
   *
   * @throws MalformedJws if no key is left
   */
  static KeySet read(Map<String, Object> jwks, Set<SignatureAlgorithm> accepted)
      throws MalformedJws {
    if (!(jwks.get("keys") instanceof List<?> list) || list.size() > MOST_KEYS) {
      throw new MalformedJws("is none, or has more than " + MOST_KEYS + " keys");
    }
    Map<Name, JwsKey> keys = new HashMap<>();
    for (Object element : list) {
      key(element)
          .filter(key -> accepted.contains(key.algorithm()))
          .ifPresent(key -> keys.putIfAbsent(new Name(key.keyId(), key.algorithm()), key));
    }
    if (keys.isEmpty()) {
      throw new MalformedJws("has no key with kid for the accepted algorithms");
    }
    return new KeySet(keys);
  }

  Optional<JwsKey> find(String keyId, SignatureAlgorithm algorithm) {
    return Optional.ofNullable(keys.get(new Name(keyId, algorithm)));
  }

  boolean holds(JwsKey key) {
    JwsKey own = keys.get(new Name(key.keyId(), key.algorithm()));
    return own != null && own.isSameAs(key);
  }

  @SuppressWarnings("unchecked")
  private static Optional<JwsKey> key(Object element) {
    if (!(element instanceof Map)) {
      return Optional.empty();
    }
    try {
      // The names of the members of a JSON object are texts.
      return Optional.of(new JwsKey(JWK.parse((Map<String, Object>) element)));
    } catch (ParseException | MalformedJws | RuntimeException e) {
      // Nimbus throws several kinds of exceptions for members of a wrong type.
      return Optional.empty();
    }
  }
}
