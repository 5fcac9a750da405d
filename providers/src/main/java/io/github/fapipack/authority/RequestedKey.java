package io.github.fapipack.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * A key that somebody wants a certificate for: RSA with 2048 to 4096 bits, or on the curve P-256,
 * P-384 or P-521 (FAPI2-SP 5.4.1).
 *
 * @param info in the one encoding that each key has here, so that equal keys have equal thumbprints
 */
record RequestedKey(SubjectPublicKeyInfo info, PublicKey key, String thumbprint) {

  private static final String KINDS =
      "the key must be RSA with 2048 to 4096 bits, or on the curve P-256, P-384 or P-521";

  private static final int LEAST_BITS = 2048;
  private static final int MOST_BITS = 4096;

  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  /** Reads the key; whether somebody has its private key is another matter. */
  static RequestedKey of(SubjectPublicKeyInfo sent) {
    ASN1ObjectIdentifier type = sent.getAlgorithm().getAlgorithm();
    // Before anything computes with it: only named curves, and no number that is too long.
    if (!type.equals(PKCSObjectIdentifiers.rsaEncryption)
        && !(type.equals(X9ObjectIdentifiers.id_ecPublicKey)
            && sent.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
            && CURVES.contains(curve))) {
      throw new RequestFault(KINDS);
    }
    if (sent.getPublicKeyData().getBytes().length > MOST_BITS / 8 + 64) {
      throw new RequestFault(KINDS);
    }
    try {
      AsymmetricKeyParameter read = PublicKeyFactory.createKey(sent);
      check(read);
      SubjectPublicKeyInfo info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(read);
      byte[] encoded = info.getEncoded("DER");
      PublicKey key =
          KeyFactory.getInstance(read instanceof RSAKeyParameters ? "RSA" : "EC")
              .generatePublic(new X509EncodedKeySpec(encoded));
      return new RequestedKey(info, key, Digests.sha256(encoded));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new RequestFault("the key of the certificate request is not a valid public key");
    }
  }

  private static void check(AsymmetricKeyParameter key) {
    if (key instanceof RSAKeyParameters rsa) {
      int bits = rsa.getModulus().bitLength();
      if (bits < LEAST_BITS || bits > MOST_BITS) {
        throw new RequestFault(KINDS);
      }
      BadKeys.refuse(rsa.getModulus(), rsa.getExponent());
    } else if (!(key instanceof ECKeyParameters ec
        && ec.getParameters() instanceof ECNamedDomainParameters)) {
      throw new RequestFault(KINDS);
    }
  }

  boolean isRsa() {
    return "RSA".equals(key.getAlgorithm());
  }
}
