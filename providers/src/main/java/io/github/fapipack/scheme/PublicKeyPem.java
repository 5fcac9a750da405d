package io.github.fapipack.scheme;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;

/** Reads a public key as PEM, of whatever kind it is. */
final class PublicKeyPem {

  /** The names of Java by the identifiers in keys. */
  private static final Map<String, String> KINDS =
      Map.of(
          "1.2.840.113549.1.1.1", "RSA",
          "1.2.840.10045.2.1", "EC",
          "1.3.101.112", "Ed25519");

  private PublicKeyPem() {}

  /**
   * The key.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static PublicKey read(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      if (parser.readObject() instanceof SubjectPublicKeyInfo key) {
        String kind = KINDS.get(key.getAlgorithm().getAlgorithm().getId());
        if (kind != null) {
          return KeyFactory.getInstance(kind)
              .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key", e);
    }
    throw new IllegalArgumentException("no public key");
  }
}
