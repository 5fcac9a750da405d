package io.github.fapipack.authority;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.keycloak.common.util.Time;

/**
 * A root and an issuing certificate of a sandbox.
 *
 * @param privateKey of the issuing certificate, as PEM
 * @param chain the issuing certificate and the root, as PEM
 */
record SandboxHierarchy(String privateKey, String chain) {

  private static final Duration ROOT_LIFETIME = Duration.ofDays(3650);
  private static final Duration LIFETIME = Duration.ofDays(1825);
  private static final int LONGEST_NAME = 40;

  /** The names contain that of the realm. */
  static SandboxHierarchy make(String realm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair rootKey = generator.generateKeyPair();
      KeyPair key = generator.generateKeyPair();
      X500Name rootName = name(realm, "Root CA");
      X509Certificate root = certificate(rootName, rootName, rootKey, rootKey, 1, ROOT_LIFETIME);
      X509Certificate issuing =
          certificate(rootName, name(realm, "Issuing CA"), rootKey, key, 0, LIFETIME);
      return new SandboxHierarchy(
          pem(List.of(new JcaPKCS8Generator(key.getPrivate(), null))), pem(List.of(issuing, root)));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("An issuing key cannot be made", e);
    }
  }

  private static X500Name name(String realm, String what) {
    String shown = realm.length() > LONGEST_NAME ? realm.substring(0, LONGEST_NAME) : realm;
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, shown)
        .addRDN(BCStyle.CN, shown + " " + what)
        .build();
  }

  private static X509Certificate certificate(
      X500Name issuer, X500Name subject, KeyPair by, KeyPair of, int below, Duration lifetime)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis()).truncatedTo(ChronoUnit.SECONDS);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            SerialNumber.random(),
            Date.from(now.minus(CertificateProfile.SKEW)),
            Date.from(now.plus(lifetime)),
            subject,
            of.getPublic());
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(below))
        .addExtension(
            Extension.keyUsage,
            true,
            new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            identifiers.createSubjectKeyIdentifier(of.getPublic()))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            identifiers.createAuthorityKeyIdentifier(by.getPublic()));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }

  static String pem(List<?> objects) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object each : objects) {
        writer.writeObject(each);
      }
    }
    return text.toString();
  }
}
