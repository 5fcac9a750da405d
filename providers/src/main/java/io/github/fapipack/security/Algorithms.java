package io.github.fapipack.security;

import java.util.List;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;

/** The signature algorithms of FAPI 2.0 (FAPI2-SP 5.4.1-1.2). */
public final class Algorithms {

  /** By their JOSE names; {@code EdDSA} with Ed25519 only. */
  public static final List<String> ALLOWED = List.of("PS256", "ES256", "EdDSA");

  private static final String ED25519 = "Ed25519";

  private Algorithms() {}

  /** Those with which the realm of the current request can sign, in our order. */
  public static List<String> available(KeycloakSession session) {
    List<String> active =
        session
            .keys()
            .getKeysStream(session.getContext().getRealm())
            .filter(key -> key.getStatus().isActive() && KeyUse.SIG.equals(key.getUse()))
            .filter(
                key ->
                    !Algorithm.EdDSA.equals(key.getAlgorithm()) || ED25519.equals(key.getCurve()))
            .map(KeyWrapper::getAlgorithmOrDefault)
            .toList();
    return ALLOWED.stream().filter(active::contains).toList();
  }
}
