package io.github.fapipack.it.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in PEM form, in the order of the text. */
public final class PemCertificates {
  private PemCertificates() {}

  /** Those of a file; fails if it has none. */
  public static List<X509Certificate> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of a text; fails if it has none. */
  public static List<X509Certificate> parse(String text) {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("There is no certificate in PEM form");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("There is no certificate in PEM form", e);
    }
  }
}
