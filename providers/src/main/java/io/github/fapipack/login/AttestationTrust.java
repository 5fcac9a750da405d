package io.github.fapipack.login;

import com.webauthn4j.anchor.KeyStoreTrustAnchorRepository;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import java.security.KeyStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.TruststoreProvider;

/**
 * Whom Keycloak's truststore trusts to attest security keys. Keycloak reads the whole truststore
 * for it at every login of every user; here it is read once for each truststore that Keycloak
 * loads.
 */
final class AttestationTrust {

  private record Known(KeyStore truststore, CertPathTrustworthinessVerifier verifier) {}

  private static final Known NOTHING = new Known(null, new NullCertPathTrustworthinessVerifier());

  private volatile Known known = NOTHING;

  /** The verifier as Keycloak would make it; without a truststore, nothing is verified. */
  CertPathTrustworthinessVerifier verifier(KeycloakSession session) {
    TruststoreProvider provider = session.getProvider(TruststoreProvider.class);
    KeyStore truststore = provider == null ? null : provider.getTruststore();
    Known latest = known;
    if (latest.truststore() != truststore) {
      latest = truststore == null ? NOTHING : read(truststore);
      known = latest;
    }
    return latest.verifier();
  }

  private static Known read(KeyStore truststore) {
    return new Known(
        truststore,
        new DefaultCertPathTrustworthinessVerifier(new KeyStoreTrustAnchorRepository(truststore)));
  }
}
