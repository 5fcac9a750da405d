package io.github.fapipack.metadata;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.token.RestrictTokenAlgorithms;
import io.github.fapipack.token.SigningAlgorithms;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.List;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jwk.OKPPublicJWK;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Publishes at {@code jwks_uri} only signing keys of algorithms that FAPI allows: Keycloak creates
 * an RS256 key as soon as anything needs one, and a verifier that finds the key might accept its
 * signatures.
 */
@Provider
@Priority(OfferedKeys.PRIORITY)
@Clause({"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.2-p1"})
public class OfferedKeys implements ContainerResponseFilter {

  /**
   * Before filters that sign or hash the response, and before Keycloak closes its session at 10.
   */
  static final int PRIORITY = 800;

  private static final String ED25519 = "Ed25519";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session != null
        && response.getEntity() instanceof JSONWebKeySet keys
        && Endpoint.of(request) == Endpoint.KEYS
        && RealmRules.of(session).enforce(RestrictTokenAlgorithms.class)) {
      JSONWebKeySet offered = new JSONWebKeySet();
      offered.setKeys(
          Arrays.stream(keys.getKeys())
              .filter(key -> isUsable(key, SigningAlgorithms.allowed(session)))
              .toArray(JWK[]::new));
      response.setEntity(offered);
    }
  }

  private static boolean isUsable(JWK key, List<String> allowed) {
    return !KeyUse.SIG.getSpecName().equals(key.getPublicKeyUse())
        || (allowed.contains(key.getAlgorithm())
            && (!Algorithm.EdDSA.equals(key.getAlgorithm())
                || (key instanceof OKPPublicJWK okp && ED25519.equals(okp.getCrv()))));
  }
}
