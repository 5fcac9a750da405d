package io.github.fapipack.it.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A temporary certification authority with its own key. */
public final class CertificateAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration A_DAY = Duration.ofDays(1);

  /** The key to certify, and for how long; the alternative names may be null. */
  record Request(
      X500Principal subject,
      GeneralNames alternativeNames,
      PublicKey key,
      Instant notBefore,
      Instant notAfter) {

    Request(String subject, PublicKey key, Instant notBefore, Instant notAfter) {
      this(new X500Principal(subject), null, key, notBefore, notAfter);
    }
  }

  private final KeyPair keys;
  private final X509Certificate certificate;

  private CertificateAuthority(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /** A new authority with the given distinguished name, valid for a year. */
  public static CertificateAuthority create(String name) {
    KeyPair keys = Keys.ec();
    Instant now = Instant.now();
    Request self =
        new Request(name, keys.getPublic(), now.minus(A_DAY), now.plus(Duration.ofDays(365)));
    return new CertificateAuthority(keys, sign(self, name, keys, Purpose.AUTHORITY));
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's key, for signing further certificates. */
  public KeyPair keys() {
    return keys;
  }

  /** A client certificate with a new EC key, valid for thirty days. */
  public ClientCertificate issue(String subject) {
    return issue(subject, Keys.ec());
  }

  /** A client certificate for the given key, valid for thirty days. */
  public ClientCertificate issue(String subject, KeyPair clientKeys) {
    Instant now = Instant.now();
    return issue(subject, clientKeys, now.minusSeconds(60), now.plus(Duration.ofDays(30)));
  }

  /** A client certificate for the given key and exactly the given period. */
  public ClientCertificate issue(
      String subject, KeyPair clientKeys, Instant notBefore, Instant notAfter) {
    Request request = new Request(subject, clientKeys.getPublic(), notBefore, notAfter);
    return new ClientCertificate(
        clientKeys.getPrivate(), sign(request, name(), keys, Purpose.CLIENT));
  }

  /**
   * A client certificate with exactly that subject, including string types, and with alternative
   * names unless they are null.
   */
  public ClientCertificate issue(X500Principal subject, GeneralNames alternativeNamesOrNull) {
    KeyPair clientKeys = Keys.ec();
    Instant now = Instant.now();
    Request request =
        new Request(
            subject,
            alternativeNamesOrNull,
            clientKeys.getPublic(),
            now.minusSeconds(60),
            now.plus(Duration.ofDays(30)));
    return new ClientCertificate(
        clientKeys.getPrivate(), sign(request, name(), keys, Purpose.CLIENT));
  }

  /** A server's certificate for localhost by name and by address, valid for thirty days. */
  public X509Certificate issueForLocalhost(PublicKey serverKey) {
    Instant now = Instant.now();
    Request request =
        new Request("CN=localhost", serverKey, now.minusSeconds(60), now.plus(Duration.ofDays(30)));
    return sign(request, name(), keys, Purpose.SERVER);
  }

  static X509Certificate sign(Request request, String issuer, KeyPair issuerKeys) {
    return sign(request, issuer, issuerKeys, Purpose.CLIENT);
  }

  private String name() {
    return certificate.getSubjectX500Principal().getName();
  }

  private static X509Certificate sign(
      Request request, String issuer, KeyPair issuerKeys, Purpose purpose) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal(issuer),
              new BigInteger(127, RANDOM).setBit(126),
              Date.from(request.notBefore()),
              Date.from(request.notAfter()),
              request.subject(),
              request.key());
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              extensions.createSubjectKeyIdentifier(request.key()))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
      purpose.mark(builder);
      if (request.alternativeNames() != null) {
        // RFC 5280 4.2.1.6: critical if there is no other name.
        boolean alone = request.subject().getName().isEmpty();
        builder.addExtension(Extension.subjectAlternativeName, alone, request.alternativeNames());
      }
      String algorithm =
          issuerKeys.getPrivate().getAlgorithm().equals("RSA")
              ? "SHA256withRSA"
              : "SHA256withECDSA";
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKeys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("Cannot certify " + request.subject(), e);
    }
  }

  // An enum, because BouncyCastle's classes are not declared immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Purpose {
    AUTHORITY(KeyUsage.keyCertSign | KeyUsage.cRLSign),
    SERVER(KeyUsage.digitalSignature, KeyPurposeId.id_kp_serverAuth),
    CLIENT(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth);

    private final int usage;
    private final List<KeyPurposeId> extendedUsage;

    Purpose(int usage, KeyPurposeId... extendedUsage) {
      this.usage = usage;
      this.extendedUsage = List.of(extendedUsage);
    }

    private void mark(JcaX509v3CertificateBuilder builder) throws CertIOException {
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(this == AUTHORITY));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (!extendedUsage.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(extendedUsage.toArray(KeyPurposeId[]::new)));
      }
      if (this == SERVER) {
        builder.addExtension(Extension.subjectAlternativeName, false, localhost());
      }
    }

    private static GeneralNames localhost() {
      return new GeneralNames(
          new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
          });
    }
  }
}
