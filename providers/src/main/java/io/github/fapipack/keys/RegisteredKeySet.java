package io.github.fapipack.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.JwsAlgorithm;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.common.util.PemUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * The public keys of a client, and the algorithms for which they can be used.
 *
 * @param keys as JWKs
 * @param anyUse whether a key that states no use may be used for encryption, as in Keycloak for
 *     keys that it fetches
 */
public record RegisteredKeySet(List<JsonNode> keys, boolean anyUse) {

  /** The client attributes from which it is read. */
  public static final List<String> ATTRIBUTES =
      List.of(
          OIDCConfigAttributes.USE_JWKS_URL,
          OIDCConfigAttributes.USE_JWKS_STRING,
          OIDCConfigAttributes.JWKS_STRING,
          JWTClientAuthenticator.CERTIFICATE_ATTR,
          JWTClientAuthenticator.ATTR_PREFIX + ".public.key");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The keys of a client; empty if they are elsewhere or cannot be read at all. */
  public static Optional<RegisteredKeySet> of(ProposedClient client) {
    if (client.isOn(OIDCConfigAttributes.USE_JWKS_URL)) {
      return Optional.empty();
    }
    if (client.isOn(OIDCConfigAttributes.USE_JWKS_STRING)) {
      String text = client.value(OIDCConfigAttributes.JWKS_STRING);
      return text == null ? Optional.of(new RegisteredKeySet(List.of(), false)) : parse(text);
    }
    try {
      List<JsonNode> keys = new ArrayList<>();
      String certificate = client.value(JWTClientAuthenticator.CERTIFICATE_ATTR);
      String key = client.value(JWTClientAuthenticator.ATTR_PREFIX + ".public.key");
      if (certificate != null) {
        keys.add(jwk(PemUtils.decodeCertificate(certificate).getPublicKey()));
      } else if (key != null) {
        keys.add(jwk(PemUtils.decodePublicKey(key)));
      }
      return Optional.of(new RegisteredKeySet(keys, false));
    } catch (RuntimeException e) {
      return Optional.empty(); // another rule refuses that
    }
  }

  private static Optional<RegisteredKeySet> parse(String text) {
    try {
      JsonNode keys = JSON.readTree(text).path("keys");
      List<JsonNode> list = new ArrayList<>();
      keys.forEach(
          key -> {
            if (ReadableKeys.isKey(key)) {
              list.add(key);
            }
          });
      return keys.isArray() ? Optional.of(new RegisteredKeySet(list, false)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The members that determine its algorithm; Keycloak uses keys in PEM for signatures only. */
  private static JsonNode jwk(PublicKey key) {
    Map<String, Object> members =
        switch (key.getAlgorithm()) {
          case "RSA" -> Map.of("kty", "RSA");
          case "EC", "ECDSA" -> Map.of("kty", "EC", "crv", curve(((ECKey) key)));
          default ->
              Map.of(
                  "kty",
                  "OKP",
                  "crv",
                  "EdDSA".equals(key.getAlgorithm()) ? "Ed25519" : key.getAlgorithm());
        };
    return JSON.createObjectNode()
        .put("use", "sig")
        .setAll(
            JSON.valueToTree(members).<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy());
  }

  private static String curve(ECKey key) {
    return "P-" + key.getParams().getCurve().getField().getFieldSize();
  }

  /** Whether one of the keys can create signatures of an algorithm. */
  public boolean signs(String algorithm) {
    return JwsAlgorithm.of(algorithm).stream()
        .anyMatch(
            known ->
                keys.stream()
                    .filter(key -> !"enc".equals(key.path("use").asText()))
                    .filter(key -> isFor(key, algorithm))
                    .anyMatch(known::takes));
  }

  /**
   * Whether something can be encrypted for one of the keys.
   *
   * @param named whether a key with an id must state the algorithm, as Keycloak requires
   */
  public boolean encrypts(String algorithm, boolean named) {
    String type = algorithm.startsWith("RSA") ? "RSA" : "EC";
    return keys.stream()
        .filter(key -> "enc".equals(key.path("use").asText(anyUse ? "enc" : "")))
        .filter(key -> type.equals(key.path("kty").asText()))
        .filter(key -> !named || key.has("alg") || !key.has("kid"))
        .anyMatch(key -> isFor(key, algorithm));
  }

  private static boolean isFor(JsonNode key, String algorithm) {
    String own = key.path("alg").asText("");
    return own.isEmpty() || Algorithms.areSame(own, algorithm);
  }
}
