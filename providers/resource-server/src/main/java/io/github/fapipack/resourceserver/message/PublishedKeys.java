package io.github.fapipack.resourceserver.message;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The public halves of the keys with which an API signs its responses. */
public final class PublishedKeys {
  private final Map<String, JWK> keys = new LinkedHashMap<>();

  /**
   * The keys of these settings.
   *
   * @throws IllegalArgumentException if they have none
   */
  public PublishedKeys(Optional<HttpSignatures> http, Optional<SignedBodies> bodies) {
    http.flatMap(HttpSignatures::own).ifPresent(this::add);
    bodies.flatMap(SignedBodies::own).map(SignedBodies.Signer::key).ifPresent(this::add);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no signing key to publish");
    }
  }

  private void add(JWK key) {
    JWK open = key.toPublicJWK();
    JWK other = keys.put(open.getKeyID(), open);
    if (other != null && !other.equals(open)) {
      throw new IllegalArgumentException("two signing keys have the same kid");
    }
  }

  /** The algorithms of the keys, in JOSE. */
  public List<String> algorithms() {
    return keys.values().stream()
        .map(ClientKey::of)
        .map(key -> OwnKey.joseName(key.algorithm()))
        .distinct()
        .toList();
  }

  /** The key set (RFC 7517 5). */
  public String json() {
    return JSONObjectUtils.toJSONString(new JWKSet(List.copyOf(keys.values())).toJSONObject());
  }
}
