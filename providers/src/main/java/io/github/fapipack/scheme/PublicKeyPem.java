package io.github.fapipack.scheme;

import java.io.IOException;
import java.io.StringReader;
import java.security.PublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads a public key as PEM, of whatever kind it is. */
final class PublicKeyPem {

  private PublicKeyPem() {}

  /**
   * The key.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static PublicKey read(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      if (parser.readObject() instanceof SubjectPublicKeyInfo key) {
        return new JcaPEMKeyConverter().getPublicKey(key);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("no public key", e);
    }
    throw new IllegalArgumentException("no public key");
  }
}
