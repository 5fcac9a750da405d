package io.github.fapipack.it.pki;

import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A temporary certification authority with its own key: a root, or one that another has certified.
 */
public final class CertificateAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration A_YEAR = Duration.ofDays(365);

  /** Where the state of certificates can be asked for; either may be null. */
  public record Locations(URI ocsp, URI crl) {
    /** Certificates say nothing about it. */
    public static final Locations NONE = new Locations(null, null);
  }

  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> chain;
  private final Locations locations;

  private CertificateAuthority(
      KeyPair keys, X509Certificate certificate, List<X509Certificate> chain, Locations locations) {
    this.keys = keys;
    this.certificate = certificate;
    this.chain = chain;
    this.locations = locations;
  }

  /** A new root with the given distinguished name and an EC key, valid for a year. */
  public static CertificateAuthority create(String name) {
    return create(name, Keys.ec());
  }

  /** A new root with the given distinguished name and key, valid for a year. */
  public static CertificateAuthority create(String name, KeyPair keys) {
    CertificateOrder self = authority(name, keys);
    X509Certificate certificate = sign(self, new X500Principal(name), keys, Locations.NONE);
    return new CertificateAuthority(keys, certificate, List.of(), Locations.NONE);
  }

  /** A new authority with an EC key that this one has certified. */
  public CertificateAuthority subordinate(String name) {
    KeyPair own = Keys.ec();
    X509Certificate issued = certify(authority(name, own));
    List<X509Certificate> upwards = Stream.concat(Stream.of(issued), chain.stream()).toList();
    return new CertificateAuthority(own, issued, upwards, Locations.NONE);
  }

  /** The same authority, whose new certificates name these locations. */
  public CertificateAuthority announcing(Locations others) {
    return new CertificateAuthority(keys, certificate, chain, others);
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's own certificate as PEM, as it is written into settings. */
  public String certificatePem() {
    return Pem.text(certificate);
  }

  /** The authorities up to the root, without the root; empty for a root. */
  public List<X509Certificate> chain() {
    return chain;
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
    return issue(CertificateOrder.of(subject, clientKeys.getPublic()), clientKeys.getPrivate());
  }

  /** A client certificate for the given key and exactly the given period. */
  public ClientCertificate issue(
      String subject, KeyPair clientKeys, Instant notBefore, Instant notAfter) {
    return issue(
        CertificateOrder.of(subject, clientKeys.getPublic()).valid(notBefore, notAfter),
        clientKeys.getPrivate());
  }

  /**
   * A client certificate with exactly that subject, including string types, and with alternative
   * names unless they are null.
   */
  public ClientCertificate issue(X500Principal subject, GeneralNames alternativeNamesOrNull) {
    KeyPair clientKeys = Keys.ec();
    return issue(
        CertificateOrder.of(subject, clientKeys.getPublic()).withNames(alternativeNamesOrNull),
        clientKeys.getPrivate());
  }

  /** What is ordered, together with its private key. */
  public ClientCertificate issue(CertificateOrder order, PrivateKey key) {
    return new ClientCertificate(key, certify(order), chain);
  }

  /** A server's certificate for localhost by name and by address, valid for thirty days. */
  public X509Certificate issueForLocalhost(PublicKey serverKey) {
    return issueForHost("localhost", serverKey);
  }

  /** The same for another name of the machine as well. */
  X509Certificate issueForHost(String host, PublicKey serverKey) {
    GeneralName[] names =
        Stream.concat(
                Stream.of("localhost", host)
                    .distinct()
                    .map(name -> new GeneralName(GeneralName.dNSName, name)),
                Stream.of(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
            .toArray(GeneralName[]::new);
    return certify(
        CertificateOrder.of("CN=" + host, serverKey)
            .as(CertificatePurpose.SERVER)
            .withNames(new GeneralNames(names)));
  }

  /** Certifies what is ordered. */
  public X509Certificate certify(CertificateOrder order) {
    return sign(order, certificate.getSubjectX500Principal(), keys, locations);
  }

  /** Signs with a key of either kind. */
  static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    return new JcaContentSignerBuilder(algorithm).build(key);
  }

  static X509Certificate sign(CertificateOrder order, X500Principal issuer, KeyPair issuerKeys) {
    return sign(order, issuer, issuerKeys, Locations.NONE);
  }

  private static CertificateOrder authority(String name, KeyPair keys) {
    Instant now = Instant.now();
    return CertificateOrder.of(name, keys.getPublic())
        .as(CertificatePurpose.AUTHORITY)
        .valid(now.minus(A_DAY), now.plus(A_YEAR));
  }

  private static X509Certificate sign(
      CertificateOrder order, X500Principal issuer, KeyPair issuerKeys, Locations locations) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(127, RANDOM).setBit(126),
              Date.from(order.notBefore()),
              Date.from(order.notAfter()),
              order.subject(),
              order.key());
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              extensions.createSubjectKeyIdentifier(order.key()))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
      order.purpose().mark(builder);
      announce(builder, locations);
      for (Extension extension : order.extensions()) {
        builder.addExtension(extension);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(signer(issuerKeys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("Cannot certify " + order.subject(), e);
    }
  }

  private static void announce(JcaX509v3CertificateBuilder builder, Locations locations)
      throws CertIOException {
    if (locations.ocsp() != null) {
      builder.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, address(locations.ocsp())));
    }
    if (locations.crl() != null) {
      DistributionPointName name =
          new DistributionPointName(new GeneralNames(address(locations.crl())));
      builder.addExtension(
          Extension.cRLDistributionPoints,
          false,
          new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)}));
    }
  }

  private static GeneralName address(URI uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri.toString());
  }
}
