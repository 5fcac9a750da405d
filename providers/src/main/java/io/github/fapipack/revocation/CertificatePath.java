package io.github.fapipack.revocation;

import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * A valid path from a certificate to a trusted authority (RFC 5280 6).
 *
 * @param certificates the certificate, then those of the authorities below the trusted one
 * @param begin when all of them are valid, in milliseconds
 * @param end the last moment at which all of them are valid, in milliseconds
 */
record CertificatePath(List<IssuedCertificate> certificates, long begin, long end) {

  /**
   * Builds the path.
   *
   * @param chain the certificate, then others that may be needed, in any order
   * @throws GeneralSecurityException if there is none
   */
  static CertificatePath build(List<X509Certificate> chain, Anchors anchors, long now)
      throws GeneralSecurityException {
    X509CertSelector certificate = new X509CertSelector();
    certificate.setCertificate(chain.get(0));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors.anchors(), certificate);
    parameters.setRevocationEnabled(false); // checked afterwards, with what was fetched
    parameters.setDate(Date.from(Instant.ofEpochMilli(now)));
    List<X509Certificate> others = new ArrayList<>(chain);
    others.addAll(anchors.intermediates().get());
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(others), "SUN"));
    return of((PKIXCertPathBuilderResult) JdkPkix.builder().build(parameters));
  }

  private static CertificatePath of(PKIXCertPathBuilderResult built)
      throws GeneralSecurityException {
    List<? extends Certificate> path = built.getCertPath().getCertificates();
    X509Certificate anchor = built.getTrustAnchor().getTrustedCert();
    List<IssuedCertificate> issued = new ArrayList<>();
    long begin = Long.MIN_VALUE;
    long end = anchor.getNotAfter().toInstant().toEpochMilli();
    for (int i = 0; i < path.size(); i++) {
      X509Certificate one = (X509Certificate) path.get(i);
      X509Certificate issuer = i + 1 < path.size() ? (X509Certificate) path.get(i + 1) : anchor;
      try {
        issued.add(IssuedCertificate.of(one, issuer));
      } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
        throw new GeneralSecurityException("an extension of a certificate cannot be read", e);
      }
      begin = Math.max(begin, one.getNotBefore().toInstant().toEpochMilli());
      end = Math.min(end, one.getNotAfter().toInstant().toEpochMilli());
    }
    return new CertificatePath(List.copyOf(issued), begin, end);
  }
}
