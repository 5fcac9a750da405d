package io.github.fapipack.it.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** Certificates and keys as PEM text. */
public final class Pem {
  private Pem() {}

  /** Certificates one after the other. */
  public static String text(X509Certificate... chain) {
    return write((Object[]) chain);
  }

  /**
   * PKCS#8, the only format of a private key that both Keycloak and curl support for every key
   * type.
   */
  public static String text(PrivateKey key) {
    try {
      return write(new JcaPKCS8Generator(key, null));
    } catch (PemGenerationException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String write(Object... objects) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        pem.writeObject(object);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
