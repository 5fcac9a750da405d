package io.github.fapipack.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.JWKSServerUtils;
import org.keycloak.util.JsonSerialization;

/** The public keys with which a realm signs statements, or has signed them. */
final class StatementKeys {

  private StatementKeys() {}

  static JsonNode of(KeycloakSession session, String algorithm) {
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    session
        .keys()
        .getKeysStream(session.getContext().getRealm())
        .filter(key -> isPublished(key, algorithm))
        .map(JWKSServerUtils::toJwk)
        .filter(Objects::nonNull)
        .forEach(jwk -> set.withArray("/keys").add(JsonSerialization.mapper.valueToTree(jwk)));
    set.withArray("/keys");
    return set;
  }

  private static boolean isPublished(KeyWrapper key, String algorithm) {
    return key.getStatus().isEnabled()
        && key.getPublicKey() != null
        && key.getUse() == KeyUse.SIG
        && algorithm.equals(key.getAlgorithmOrDefault());
  }
}
