package io.github.fapipack.token;

import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.rule.RealmRules;
import java.util.List;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The algorithms with which a realm may sign tokens and messages, from its rules and keys. */
public final class SigningAlgorithms {

  private SigningAlgorithms() {}

  /** The algorithms that the rules of the current realm allow. */
  public static List<String> allowed(KeycloakSession session) {
    return RealmRules.of(session)
        .settings(session, RestrictTokenAlgorithms.class)
        .map(AllowedAlgorithms::algorithms)
        .orElse(Algorithms.ALLOWED);
  }

  /** The allowed algorithms for which the current realm has a key, in the pack's order. */
  public static List<String> available(KeycloakSession session) {
    return available(session, session.getContext().getRealm());
  }

  /**
   * The algorithm with which a realm signs if the client has no choice: its default, or otherwise
   * one for which it has a key.
   */
  public static String preferred(KeycloakSession session, RealmModel realm) {
    List<String> available = available(session, realm);
    String byDefault = realm.getDefaultSignatureAlgorithm();
    return available.isEmpty() || available.contains(byDefault) ? byDefault : available.get(0);
  }

  private static List<String> available(KeycloakSession session, RealmModel realm) {
    List<String> active =
        session
            .keys()
            .getKeysStream(realm)
            .filter(key -> key.getStatus().isActive() && KeyUse.SIG.equals(key.getUse()))
            .filter(
                key ->
                    !Algorithm.EdDSA.equals(key.getAlgorithm())
                        || Algorithms.ED25519.equals(key.getCurve()))
            .map(KeyWrapper::getAlgorithmOrDefault)
            .toList();
    return allowed(session).stream().filter(active::contains).toList();
  }
}
