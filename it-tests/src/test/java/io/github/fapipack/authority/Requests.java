package io.github.fapipack.authority;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys and certificate requests, good ones and others. */
public final class Requests {

  private Requests() {}

  /** An ordinary request with a new key. */
  public static String fresh() {
    return of(ec("secp256r1"), "SHA256withECDSA");
  }

  public static KeyPair ec(String curve) {
    return generate("EC", new ECGenParameterSpec(curve));
  }

  public static KeyPair rsa(int bits, long exponent) {
    return generate("RSA", new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(exponent)));
  }

  private static KeyPair generate(String type, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String of(KeyPair keys, String algorithm) {
    return pem(signed(builder(keys), keys, algorithm));
  }

  static PKCS10CertificationRequestBuilder builder(KeyPair keys) {
    return new JcaPKCS10CertificationRequestBuilder(
        new X500Name("CN=whoever I say,O=another bank"), keys.getPublic());
  }

  static PKCS10CertificationRequest signed(
      PKCS10CertificationRequestBuilder request, KeyPair by, String algorithm) {
    try {
      return request.build(new JcaContentSignerBuilder(algorithm).build(by.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(PKCS10CertificationRequest request) {
    try {
      return pem("CERTIFICATE REQUEST", request.getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String pem(String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
