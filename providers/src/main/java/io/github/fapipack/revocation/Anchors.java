package io.github.fapipack.revocation;

import java.security.GeneralSecurityException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.TruststoreProvider;

/**
 * The authorities that are trusted.
 *
 * @param identity equal for equal authorities
 * @param trusted lists their certificates
 * @param intermediates lists authorities that are known, but trusted only through those
 */
record Anchors(
    Object identity,
    Supplier<Collection<X509Certificate>> trusted,
    Supplier<Collection<X509Certificate>> intermediates) {

  /** The given ones. */
  static Anchors of(List<X509Certificate> trusted) {
    return new Anchors(trusted, () -> trusted, List::of);
  }

  /** Those of the server's truststore for mutual TLS. */
  static Anchors ofServer(KeycloakSession session) throws GeneralSecurityException {
    TruststoreProvider store = session.getProvider(TruststoreProvider.class);
    if (store == null || store.getHttpsTruststore() == null) {
      throw new GeneralSecurityException("the server has no truststore for mutual TLS");
    }
    Map<X500Principal, List<X509Certificate>> roots = store.getHttpsRootCertificates();
    return new Anchors(
        roots, () -> all(roots), () -> all(store.getHttpsIntermediateCertificates()));
  }

  Set<TrustAnchor> anchors() {
    return trusted.get().stream()
        .map(one -> new TrustAnchor(one, null))
        .collect(Collectors.toSet());
  }

  private static List<X509Certificate> all(Map<X500Principal, List<X509Certificate>> byName) {
    return byName.values().stream().flatMap(List::stream).toList();
  }
}
