package io.github.fapipack.bridge;

import io.github.fapipack.jose.Algorithms;
import java.util.Map;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.crypto.SignatureSignerContext;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Signs what a realm says to the bank's consent service, with the realm's own key. */
final class ServiceAssertion {

  /** In seconds. */
  private static final int LIFETIME = 60;

  private final KeycloakSession session;
  private final RealmModel realm;

  ServiceAssertion(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * The JWT with which a realm authenticates (RFC 7523 3).
   *
   * @param issuer of the realm
   * @param audience the issuer of the service
   */
  String of(String issuer, String audience) throws ConsentUnavailable {
    long now = Time.currentTimeSeconds();
    return signed(
        "JWT",
        Map.of(
            "iss", issuer,
            "sub", issuer,
            "aud", audience,
            "iat", now,
            "exp", now + LIFETIME,
            "jti", SecretGenerator.getInstance().generateSecureID()));
  }

  /** A JWT with these claims. */
  String signed(String type, Map<String, Object> claims) throws ConsentUnavailable {
    try {
      return new JWSBuilder().type(type).jsonContent(claims).sign(signer());
    } catch (RuntimeException e) {
      throw new ConsentUnavailable("the realm has no key to sign with", e);
    }
  }

  private SignatureSignerContext signer() {
    String algorithm = realm.getDefaultSignatureAlgorithm();
    if (algorithm == null || !Algorithms.ALLOWED.contains(algorithm)) {
      algorithm = Algorithm.PS256;
    }
    KeyWrapper key = session.keys().getActiveKey(realm, KeyUse.SIG, algorithm);
    return session.getProvider(SignatureProvider.class, algorithm).signer(key);
  }
}
