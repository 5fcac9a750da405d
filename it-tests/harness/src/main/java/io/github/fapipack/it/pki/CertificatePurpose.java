package io.github.fapipack.it.pki;

import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** What the key of a certificate may be used for. */
// BouncyCastle's classes are not declared immutable.
@SuppressWarnings("ImmutableEnumChecker")
public enum CertificatePurpose {
  /** Signs further certificates and revocation lists. */
  AUTHORITY(KeyUsage.keyCertSign | KeyUsage.cRLSign),
  /** TLS server. */
  SERVER(KeyUsage.digitalSignature, KeyPurposeId.id_kp_serverAuth),
  /** TLS client. */
  CLIENT(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth),
  /** Signs OCSP responses for the authority that has issued the certificate. */
  OCSP_RESPONDER(KeyUsage.digitalSignature, KeyPurposeId.id_kp_OCSPSigning),
  /** Signs messages; for no use in TLS. */
  SEAL(KeyUsage.digitalSignature | KeyUsage.nonRepudiation);

  private final int usage;
  private final List<KeyPurposeId> extendedUsage;

  CertificatePurpose(int usage, KeyPurposeId... extendedUsage) {
    this.usage = usage;
    this.extendedUsage = List.of(extendedUsage);
  }

  void mark(X509v3CertificateBuilder builder) throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(this == AUTHORITY));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    if (!extendedUsage.isEmpty()) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(extendedUsage.toArray(KeyPurposeId[]::new)));
    }
  }
}
