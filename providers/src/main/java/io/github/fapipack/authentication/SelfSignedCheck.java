package io.github.fapipack.authentication;

import io.github.fapipack.keys.RegisteredCertificates;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Whether a client may authenticate with a self-signed certificate. */
final class SelfSignedCheck {

  private SelfSignedCheck() {}

  /** Whether a rule of the realm allows the method; off if none does. */
  private static boolean isAllowed(KeycloakSession session) {
    return RealmRules.of(session)
        .settingsInAnyMode(session, RequireAsymmetricClientAuthentication.class)
        .filter(settings -> settings.methods().contains(SelfSignedCertificate.METHOD))
        .isPresent();
  }

  /**
   * RFC 8705 2.2 requires a registered certificate, but no valid chain. An expired one is refused
   * all the same, because the client itself chose the validity period.
   */
  static void check(KeycloakSession session, ClientModel client, X509Certificate shown)
      throws Refusal {
    if (!isAllowed(session)) {
      throw Refusal.invalidClient(
          SelfSignedCertificate.METHOD + " is not allowed here",
          "register private_key_jwt or tls_client_auth");
    }
    if (!RegisteredCertificates.contain(session, client, shown)) {
      throw Refusal.invalidClient(
          "the certificate is not in the client's key set",
          "register it as the first element of x5c in jwks or at jwks_uri");
    }
    try {
      shown.checkValidity(Date.from(Instant.ofEpochMilli(Time.currentTimeMillis())));
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      throw Refusal.invalidClient(
          "the certificate has expired or is not valid yet", "register a new one");
    }
  }
}
