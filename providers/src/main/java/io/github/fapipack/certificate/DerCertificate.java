package io.github.fapipack.certificate;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Reads a certificate that a stranger has sent. */
public final class DerCertificate {

  /** The second octet of a value whose length is not stated, which DER does not have. */
  private static final byte NO_LENGTH = (byte) 0x80;

  private DerCertificate() {}

  /**
   * A certificate in DER (RFC 7515 4.1.6).
   *
   * @throws CertificateException if it is none
   */
  public static X509Certificate read(byte[] encoded) throws CertificateException {
    return read(CertificateFactory.getInstance("X.509"), encoded);
  }

  /**
   * A certificate in DER, read by a certain factory.
   *
   * @throws CertificateException if it is none
   */
  public static X509Certificate read(CertificateFactory factory, byte[] encoded)
      throws CertificateException {
    // The JDK looks for the end of such a value by recursion, and a deep one overflows the stack.
    if (encoded.length > 1 && encoded[1] == NO_LENGTH) {
      throw new CertificateException("it is not in DER");
    }
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
  }
}
