package io.github.fapipack.jose;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.interfaces.ECKey;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;

/**
 * The asymmetric signature algorithms that Keycloak verifies, each with its kind of key (RFC 7518
 * 3.1, RFC 8037 3.1). {@link Algorithms} says which of them are allowed.
 */
public enum JwsAlgorithm {
  PS256(KeyType.RSA, null),
  PS384(KeyType.RSA, null),
  PS512(KeyType.RSA, null),
  RS256(KeyType.RSA, null),
  RS384(KeyType.RSA, null),
  RS512(KeyType.RSA, null),
  ES256(KeyType.EC, "P-256"),
  ES384(KeyType.EC, "P-384"),
  ES512(KeyType.EC, "P-521"),
  /** Only with this curve, which is part of the algorithm's name in RFC 9864. */
  EdDSA(KeyType.OKP, Algorithms.ED25519);

  private final String keyType;
  private final String curve;

  JwsAlgorithm(String keyType, String curve) {
    this.keyType = keyType;
    this.curve = curve;
  }

  /** The algorithm with a JOSE name, including {@code Ed25519}; empty for other texts. */
  public static Optional<JwsAlgorithm> of(String name) {
    return name == null
        ? Optional.empty()
        : Stream.of(values())
            .filter(algorithm -> algorithm.name().equals(Algorithms.known(name)))
            .findFirst();
  }

  /** FAPI's algorithm for a key; empty if there is none. */
  public static Optional<JwsAlgorithm> allowedFor(JsonNode jwk) {
    return Stream.of(values())
        .filter(algorithm -> Algorithms.ALLOWED.contains(algorithm.name()))
        .filter(algorithm -> algorithm.takes(jwk))
        .findFirst();
  }

  /** The same for a parsed key; its {@code alg} is ignored. */
  public static Optional<JwsAlgorithm> allowedFor(KeyWrapper key) {
    return Stream.of(values())
        .filter(algorithm -> Algorithms.ALLOWED.contains(algorithm.name()))
        .filter(algorithm -> algorithm.takes(key))
        .findFirst();
  }

  /** Whether a JWK has the type and the curve of the algorithm. */
  public boolean takes(JsonNode jwk) {
    return takes(jwk.path("kty").textValue(), jwk.path("crv").textValue());
  }

  /** Whether a parsed key has the type and the curve of the algorithm. */
  public boolean takes(KeyWrapper key) {
    return takes(
        key.getType(),
        key.getPublicKey() instanceof ECKey ec
            ? "P-" + ec.getParams().getCurve().getField().getFieldSize()
            : key.getCurve());
  }

  private boolean takes(String type, String itsCurve) {
    return keyType.equals(type) && (curve == null || curve.equals(itsCurve));
  }
}
