package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.SingleCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS with the authorities that the user trusts.
 *
 * @param authorities empty for those of Java
 */
record TlsSettings(List<X509Certificate> authorities) {
  TlsSettings {
    authorities = List.copyOf(authorities);
  }

  /** Shows the given certificate, unless that is null. */
  SSLContext showing(ClientCertificate certificateOrNull) {
    try {
      KeyManager[] keys =
          certificateOrNull == null
              ? new KeyManager[0]
              : new KeyManager[] {new SingleCertificate(certificateOrNull)};
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot set up TLS", e);
    }
  }

  private TrustManager[] trust() throws GeneralSecurityException {
    if (authorities.isEmpty()) {
      return null;
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca" + i, authorities.get(i));
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      return trust.getTrustManagers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
