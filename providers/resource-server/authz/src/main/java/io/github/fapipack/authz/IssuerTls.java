package io.github.fapipack.authz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS to an issuer whose authority is not one that Java knows. */
final class IssuerTls {
  private IssuerTls() {}

  /**
   * Trusts the certificates of a PEM file, and no other.
   *
   * @throws IllegalArgumentException if the file has none
   */
  static SSLContext trusting(String file) {
    try (InputStream pem = Files.newInputStream(Path.of(file))) {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        authorities.setCertificateEntry("authority-" + authorities.size(), one);
      }
      if (authorities.size() == 0) {
        throw new IllegalArgumentException(file + " has no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException(file + " cannot be read", unreadable);
    }
  }
}
