package io.github.fapipack.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.jose.jwk.JWK;

/** Why an entry of a key set is not a usable key, and in which of its members. */
public final class KeyFault {

  /** The members that each type of key must have (RFC 7518 6, RFC 8037 2). */
  private static final Map<String, List<String>> MEMBERS =
      Map.of(
          "RSA", List.of("n", "e"),
          "EC", List.of("crv", "x", "y"),
          "OKP", List.of("crv", "x"),
          "AKP", List.of("alg", "pub"));

  private static final Map<String, List<String>> CURVES =
      Map.of(
          "EC", List.of("P-256", "P-384", "P-521"),
          "OKP", List.of("Ed25519", "Ed448", "X25519", "X448"));

  private KeyFault() {}

  /**
   * The members that a key of a type must have in addition to {@code kty}; none if the type is
   * unknown.
   */
  public static List<String> members(String type) {
    return MEMBERS.getOrDefault(type, List.of());
  }

  /**
   * What is wrong with an entry.
   *
   * @param name of the entry, such as {@code jwks.keys[1]}
   * @return one sentence that begins with the name of the member; empty for a usable key
   */
  public static Optional<String> of(JsonNode entry, String name) {
    if (ReadableKeys.isKey(entry)) {
      return Optional.empty();
    }
    if (!entry.isObject()) {
      return Optional.of(name + " is not a JSON object");
    }
    String type = entry.path(JWK.KEY_TYPE).asText("");
    if (!MEMBERS.containsKey(type)) {
      return Optional.of(name + "." + JWK.KEY_TYPE + " is missing or unknown");
    }
    return MEMBERS.get(type).stream()
        .filter(member -> !entry.path(member).isTextual())
        .findFirst()
        .map(member -> name + "." + member + " is missing or not a string")
        .or(
            () ->
                CURVES.containsKey(type)
                        && !CURVES.get(type).contains(entry.path("crv").textValue())
                    ? Optional.of(name + ".crv is unknown")
                    : Optional.of(name + " is not a valid public key"));
  }

  /** Why an entry cannot be used for signatures. */
  public static Optional<String> ofSigning(JsonNode entry, String name) {
    String use = entry.path(JWK.PUBLIC_KEY_USE).asText("");
    return of(entry, name)
        .or(
            () ->
                use.isEmpty() || use.equals(JWK.Use.SIG.asString())
                    ? Optional.empty()
                    : Optional.of(name + "." + JWK.PUBLIC_KEY_USE + " is not sig"));
  }
}
