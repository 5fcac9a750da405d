package io.github.fapipack.authentication;

import io.github.fapipack.certificate.DistinguishedName;
import io.github.fapipack.rule.Refusal;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.authentication.authenticators.x509.CertificateValidator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Whether a client's certificate comes from an authority that the server trusts and that the client
 * has registered.
 */
final class TrustedChain {

  private static final Logger LOGGER = Logger.getLogger(TrustedChain.class);
  private static final String AUTHORITY = X509ClientAuthenticator.ATTR_CA_SUBJECT_DN;

  private TrustedChain() {}

  /** A proxy may forward certificates that it did not verify, so the chain is checked here. */
  static void check(KeycloakSession session, ClientModel client, List<X509Certificate> chain)
      throws Refusal {
    String authority = client.getAttribute(AUTHORITY);
    boolean named = authority != null && !authority.isBlank();
    X509Certificate anchor = anchor(session, chain);
    if (named) {
      checkAuthority(authority, anchor);
    }
  }

  private static X509Certificate anchor(KeycloakSession session, List<X509Certificate> chain)
      throws Refusal {
    try {
      return new CertificateValidator.CertificateValidatorBuilder()
          .session(session)
          .trustValidation()
          .enabled(true)
          .timestampValidation()
          .enabled(true)
          .build(chain.toArray(new X509Certificate[0]))
          .validateTimestamps()
          .validateTrust()
          .getCertPathBuilderResult()
          .getTrustAnchor()
          .getTrustedCert();
    } catch (GeneralSecurityException e) {
      LOGGER.debug("The chain of a client certificate is not valid", e);
      throw Refusal.invalidClient(
          "the client certificate does not come from a trusted authority", "use another one");
    }
  }

  private static void checkAuthority(String registered, X509Certificate anchor) throws Refusal {
    DistinguishedName expected;
    try {
      expected = DistinguishedName.parse(registered);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalidClient(
          "the registered name of the authority ("
              + AUTHORITY
              + ") is not a name: "
              + e.getMessage());
    }
    DistinguishedName shown = DistinguishedName.of(anchor.getSubjectX500Principal());
    if (!expected.equals(shown)) {
      throw Refusal.invalidClient(
          "the authority of the certificate is not the registered one ("
              + AUTHORITY
              + "): "
              + expected.differenceTo(shown));
    }
  }
}
