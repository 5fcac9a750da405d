package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.resourceserver.jws.JsonObjects;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one client by their names. Keys that cannot be used for signatures are left out. */
final class ClientKeySet {
  private static final int MOST_KEYS = 100;

  private final Map<String, List<ClientKey>> byId = new HashMap<>();

  /** The keys that the API knows. */
  static ClientKeySet of(List<JWK> keys) {
    ClientKeySet set = new ClientKeySet();
    keys.forEach(set::add);
    return set;
  }

  /**
   * The keys that a client publishes (RFC 7517 5).
   *
   * @throws MalformedJws if it is no key set, or one with too many keys
   */
  @SuppressWarnings("unchecked") // the names of the members of a JSON object are texts
  static ClientKeySet parse(byte[] json) throws MalformedJws {
    if (!(JsonObjects.parse(json, json.length).get("keys") instanceof List<?> list)
        || list.size() > MOST_KEYS) {
      throw new MalformedJws("is no key set, or has more than " + MOST_KEYS + " keys");
    }
    ClientKeySet set = new ClientKeySet();
    for (Object element : list) {
      if (element instanceof Map<?, ?> members) {
        parsed((Map<String, Object>) members).ifPresent(set::add);
      }
    }
    return set;
  }

  /** Nimbus throws several kinds of exceptions for members of a wrong type. */
  private static Optional<JWK> parsed(Map<String, Object> members) {
    try {
      return Optional.of(JWK.parse(members));
    } catch (ParseException | RuntimeException unusable) {
      return Optional.empty();
    }
  }

  private void add(JWK jwk) {
    if (jwk.getKeyID() == null) {
      return;
    }
    ClientKey key;
    try {
      key = ClientKey.of(jwk);
    } catch (IllegalArgumentException unusable) {
      return;
    }
    byId.computeIfAbsent(jwk.getKeyID(), id -> new ArrayList<>(1)).add(key);
  }

  List<ClientKey> find(String keyId) {
    return byId.getOrDefault(keyId, List.of());
  }
}
