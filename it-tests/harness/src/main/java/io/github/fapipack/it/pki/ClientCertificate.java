package io.github.fapipack.it.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate with its private key, as a client uses it in a TLS handshake, and the certificates
 * that the client shows with it: its issuers without the root.
 */
public record ClientCertificate(
    PrivateKey key, X509Certificate certificate, List<X509Certificate> issuers) {

  public ClientCertificate {
    issuers = List.copyOf(issuers);
  }

  /** A certificate that a root has issued. */
  public ClientCertificate(PrivateKey key, X509Certificate certificate) {
    this(key, certificate, List.of());
  }

  /** A self-signed certificate, valid for a day. */
  public static ClientCertificate selfSigned(String subject, KeyPair keys) {
    Instant now = Instant.now();
    CertificateOrder order =
        CertificateOrder.of(subject, keys.getPublic())
            .valid(now.minusSeconds(60), now.plus(Duration.ofDays(1)));
    X509Certificate certificate = CertificateAuthority.sign(order, order.subject(), keys);
    return new ClientCertificate(keys.getPrivate(), certificate);
  }

  /** The subject's distinguished name in the format of RFC 4514, which RFC 8705 compares. */
  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  /** The issuer's distinguished name in the format of RFC 4514. */
  public String issuer() {
    return certificate.getIssuerX500Principal().getName();
  }

  /** The certificate, followed by its issuers. */
  public List<X509Certificate> chain() {
    return Stream.concat(Stream.of(certificate), issuers.stream()).toList();
  }

  /** Writes certificate and key as two PEM files; only the owner may read the key. */
  public void writePem(Path certificateFile, Path keyFile) {
    OwnerOnly.write(certificateFile, Pem.text(chain().toArray(X509Certificate[]::new)));
    OwnerOnly.write(keyFile, Pem.text(key));
  }

  /** Writes certificate and key as one PKCS#12 file, which browsers can import. */
  public void writePkcs12(Path file, char[] password) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      keyStore(password).store(bytes, password);
      OwnerOnly.write(file, bytes.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot build a PKCS#12 store for " + subject(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry("client", key, password, chain().toArray(Certificate[]::new));
    return store;
  }
}
