package io.github.fapipack.revocation;

import io.github.fapipack.certificate.DerCertificate;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;

/**
 * Certificates and paths as the JDK's own provider handles them. It is chosen by name, because
 * others may stand before it (Bouncy Castle's in FIPS mode), and theirs do not take OCSP responses
 * or fetch by themselves.
 */
final class JdkPkix {

  private static final String PROVIDER = "SUN";
  private static final String PKIX = "PKIX";
  private static final String X509 = "X.509";

  private JdkPkix() {}

  static CertPathBuilder builder() throws GeneralSecurityException {
    return CertPathBuilder.getInstance(PKIX, PROVIDER);
  }

  static CertPathValidator validator() throws GeneralSecurityException {
    return CertPathValidator.getInstance(PKIX, PROVIDER);
  }

  static CertificateFactory factory() throws GeneralSecurityException {
    return CertificateFactory.getInstance(X509, PROVIDER);
  }

  static X509Certificate certificate(byte[] encoded) throws GeneralSecurityException {
    return DerCertificate.read(factory(), encoded);
  }

  static X509CRL list(byte[] encoded) throws GeneralSecurityException {
    return (X509CRL) factory().generateCRL(new ByteArrayInputStream(encoded));
  }
}
