package io.github.fapipack.authority;

import java.io.IOException;
import java.io.StringReader;
import java.security.PublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Reads a PKCS#10 request. Only its public key is taken over; its subject, attributes and requested
 * extensions are not even looked at.
 */
final class CertificateRequest {

  private static final int MOST_CHARACTERS = 16 * 1024;

  private static final String FORM =
      "the certificate request must be one PKCS#10 request as PEM, with at most 16 kB";

  private static final Set<String> TYPES = Set.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");

  private static final Set<ASN1ObjectIdentifier> SIGNATURES =
      Set.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption,
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512);

  private CertificateRequest() {}

  /**
   * The key of a request, which is proven to be the requester's.
   *
   * @throws RequestFault if it is none, or the key or the proof is not good enough
   */
  static RequestedKey read(String pem) {
    PKCS10CertificationRequest request = parse(pem);
    RequestedKey key = RequestedKey.of(request.getSubjectPublicKeyInfo());
    if (!isSigned(request, key.key())) {
      throw new RequestFault(
          "the certificate request must be signed with its own key, by RSA (not PSS) or ECDSA with"
              + " SHA-256, SHA-384 or SHA-512");
    }
    return key;
  }

  private static PKCS10CertificationRequest parse(String pem) {
    if (pem == null || pem.length() > MOST_CHARACTERS) {
      throw new RequestFault(FORM);
    }
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject found = reader.readPemObject();
      if (found == null || !TYPES.contains(found.getType()) || reader.readPemObject() != null) {
        throw new RequestFault(FORM);
      }
      return new PKCS10CertificationRequest(found.getContent());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new RequestFault(FORM);
    }
  }

  private static boolean isSigned(PKCS10CertificationRequest request, PublicKey key) {
    AlgorithmIdentifier algorithm = request.getSignatureAlgorithm();
    if (!SIGNATURES.contains(algorithm.getAlgorithm())) {
      return false;
    }
    try {
      return request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
    } catch (OperatorCreationException | PKCSException | RuntimeException e) {
      return false; // what it is signed with does not fit its key
    }
  }
}
