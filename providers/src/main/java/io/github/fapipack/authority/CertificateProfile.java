package io.github.fapipack.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.keycloak.common.util.Time;

/** The form of the certificates that are issued (RFC 5280 4.1, 4.2). */
final class CertificateProfile {

  /** How much earlier they begin, for clocks that are late. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private final IssuingKey issuer;
  private final Addresses addresses;

  CertificateProfile(IssuingKey issuer, Addresses addresses) {
    this.issuer = issuer;
    this.addresses = addresses;
  }

  X509Certificate make(Order order, RequestedKey key) {
    try {
      Instant now = Instant.ofEpochMilli(Time.currentTimeMillis()).truncatedTo(ChronoUnit.SECONDS);
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuerName(),
              SerialNumber.random(),
              latest(now.minus(SKEW), issuer.certificate().getNotBefore().toInstant()),
              earliest(now.plus(order.lifetime()), issuer.certificate().getNotAfter().toInstant()),
              X500Name.getInstance(order.subject().getEncoded()),
              key.info());
      addUsage(builder, order.use(), key);
      addIdentifiers(builder, key);
      addNames(builder, order);
      addAddresses(builder);
      X509Certificate made =
          new JcaX509CertificateConverter().getCertificate(builder.build(issuer.signer()));
      made.verify(issuer.certificate().getPublicKey());
      return made;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("A certificate cannot be made", e);
    }
  }

  /** In the very encoding of the issuing certificate. */
  private X500Name issuerName() {
    return X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
  }

  private static Date latest(Instant one, Instant other) {
    return Date.from(one.isAfter(other) ? one : other);
  }

  private static Date earliest(Instant one, Instant other) {
    return Date.from(one.isBefore(other) ? one : other);
  }

  private static void addUsage(X509v3CertificateBuilder builder, Use use, RequestedKey key)
      throws IOException {
    boolean transport = use == Use.TRANSPORT;
    int usage =
        KeyUsage.digitalSignature | (transport && key.isRsa() ? KeyUsage.keyEncipherment : 0);
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    if (transport) {
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    }
  }

  private void addIdentifiers(X509v3CertificateBuilder builder, RequestedKey key)
      throws IOException, GeneralSecurityException {
    SubjectKeyIdentifier subject =
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.info());
    builder
        .addExtension(Extension.subjectKeyIdentifier, false, subject)
        .addExtension(Extension.authorityKeyIdentifier, false, authority(issuer));
  }

  /** The identifier that the issuing certificate itself has, however it was made. */
  static AuthorityKeyIdentifier authority(IssuingKey issuer) throws GeneralSecurityException {
    Extension own =
        new JcaX509CertificateHolder(issuer.certificate())
            .getExtension(Extension.subjectKeyIdentifier);
    return own == null
        ? new JcaX509ExtensionUtils()
            .createAuthorityKeyIdentifier(issuer.certificate().getPublicKey())
        : new AuthorityKeyIdentifier(ASN1OctetString.getInstance(own.getParsedValue()).getOctets());
  }

  private static void addNames(X509v3CertificateBuilder builder, Order order) throws IOException {
    List<GeneralName> names = new ArrayList<>();
    order.dnsNames().forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
    order
        .uris()
        .forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
    }
  }

  private void addAddresses(X509v3CertificateBuilder builder) throws IOException {
    builder
        .addExtension(
            Extension.authorityInfoAccess,
            false,
            new AuthorityInformationAccess(
                new AccessDescription[] {
                  new AccessDescription(AccessDescription.id_ad_ocsp, uri(addresses.ocsp())),
                  new AccessDescription(
                      AccessDescription.id_ad_caIssuers, uri(addresses.certificate(issuer)))
                }))
        .addExtension(
            Extension.cRLDistributionPoints,
            false,
            new CRLDistPoint(
                new DistributionPoint[] {
                  new DistributionPoint(
                      new DistributionPointName(new GeneralNames(uri(addresses.list(issuer)))),
                      null,
                      null)
                }));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }
}
