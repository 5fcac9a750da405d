package io.github.fapipack.it.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Private keys in PEM form. */
public final class PemKeys {
  private PemKeys() {}

  /** The first key of a file; fails if it has none, or one that is encrypted. */
  public static PrivateKey read(Path file) {
    try (PEMParser pem = new PEMParser(Files.newBufferedReader(file))) {
      Object content = pem.readObject();
      JcaPEMKeyConverter keys = new JcaPEMKeyConverter();
      if (content instanceof PrivateKeyInfo pkcs8) {
        return keys.getPrivateKey(pkcs8);
      }
      if (content instanceof PEMKeyPair pair) {
        return keys.getKeyPair(pair).getPrivate();
      }
      throw new IllegalArgumentException("There is no unencrypted private key in PEM form");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
