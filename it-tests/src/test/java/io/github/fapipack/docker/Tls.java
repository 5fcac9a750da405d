package io.github.fapipack.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS for both ends, from the files of the PKI script. */
final class Tls {
  private Tls() {}

  /** Trusts the server authority of the first PKI and shows the certificate, unless it is null. */
  static SSLContext context(Path pki, Path keyStoreOrNull)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate(pki.resolve("ca.crt")));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = DockerFolder.STORE_PASSWORD.toCharArray();
    store.load(null, null);
    if (keyStoreOrNull != null) {
      try (InputStream bytes = Files.newInputStream(keyStoreOrNull)) {
        store.load(bytes, password);
      }
    }
    keys.init(store, password);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return certificate(bytes);
    }
  }

  static X509Certificate certificate(InputStream bytes) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
  }
}
