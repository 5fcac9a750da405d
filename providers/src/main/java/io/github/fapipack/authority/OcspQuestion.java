package io.github.fapipack.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.Req;

/**
 * What an OCSP request asks for: one certificate (RFC 5019 2.1.1). A signature of the request, its
 * nonce and other extensions are ignored, so that responses can be kept.
 */
record OcspQuestion(CertificateID id) {

  private static final Map<ASN1ObjectIdentifier, String> DIGESTS =
      Map.of(OIWObjectIdentifiers.idSHA1, "SHA-1", NISTObjectIdentifiers.id_sha256, "SHA-256");

  private static final int MOST_SERIAL_BITS = 160;

  /** Empty if it is no request, or one for several certificates. */
  static Optional<OcspQuestion> read(byte[] request) {
    try {
      Req[] asked = new OCSPReq(request).getRequestList();
      return asked.length == 1
          ? Optional.of(new OcspQuestion(asked[0].getCertID()))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // BouncyCastle reads lazily, and throws whatever it stumbles over
    }
  }

  /** Whether it is about a certificate of an issuing key; SHA-1 only names it. */
  boolean isAbout(IssuingKey key) {
    AlgorithmIdentifier algorithm = id.toASN1Primitive().getHashAlgorithm();
    String digest = DIGESTS.get(algorithm.getAlgorithm());
    boolean plain =
        algorithm.getParameters() == null || DERNull.INSTANCE.equals(algorithm.getParameters());
    return digest != null
        && plain
        && Arrays.equals(
            id.getIssuerNameHash(),
            Digests.of(digest, key.certificate().getSubjectX500Principal().getEncoded()))
        && Arrays.equals(id.getIssuerKeyHash(), Digests.of(digest, publicKey(key)));
  }

  private static byte[] publicKey(IssuingKey key) {
    return SubjectPublicKeyInfo.getInstance(key.certificate().getPublicKey().getEncoded())
        .getPublicKeyData()
        .getBytes();
  }

  /** As the list has it; empty if no certificate has such a number. */
  Optional<String> serial() {
    BigInteger serial = id.getSerialNumber();
    return serial.signum() > 0 && serial.bitLength() <= MOST_SERIAL_BITS
        ? Optional.of(SerialNumber.text(serial))
        : Optional.empty();
  }

  /** What distinguishes its responses from those for other requests. */
  String fingerprint() {
    try {
      return Digests.sha256(id.toASN1Primitive().getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
