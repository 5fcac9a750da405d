package io.github.fapipack.ecosystem;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** Certificates in the text of a profile, which the schema knows by their first and last line. */
final class Pems {

  private Pems() {}

  /**
   * Requires that each of them is a certificate.
   *
   * @throws IllegalArgumentException if one is not
   */
  static void require(String member, List<String> pems) {
    for (String pem : pems) {
      try {
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      } catch (CertificateException e) {
        throw new IllegalArgumentException(member + " has something that is not a certificate", e);
      }
    }
  }
}
