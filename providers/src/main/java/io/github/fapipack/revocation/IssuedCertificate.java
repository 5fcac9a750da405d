package io.github.fapipack.revocation;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * A certificate of a valid path, with the one that has issued it.
 *
 * @param key names the certificate and the issuer's key, for caches
 * @param issuerKey names the issuer's key, for caches
 * @param responders where its state can be asked for by OCSP (RFC 5280 4.2.2.1)
 * @param lists where the authority publishes revocation lists (RFC 5280 4.2.1.13)
 */
record IssuedCertificate(
    X509Certificate certificate,
    X509Certificate issuer,
    String key,
    String issuerKey,
    List<URI> responders,
    List<URI> lists) {

  /** A certificate may name many; so many are tried. */
  private static final int MOST = 3;

  static IssuedCertificate of(X509Certificate certificate, X509Certificate issuer)
      throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] issuerKey = digest.digest(issuer.getPublicKey().getEncoded());
    digest.update(issuerKey);
    X509CertificateHolder readable = new JcaX509CertificateHolder(certificate);
    return new IssuedCertificate(
        certificate,
        issuer,
        Base64.getEncoder().encodeToString(digest.digest(certificate.getEncoded())),
        Base64.getEncoder().encodeToString(issuerKey),
        some(responders(readable)),
        some(lists(readable)));
  }

  /** Whether it belongs to an authority. */
  boolean isAuthority() {
    return certificate.getBasicConstraints() >= 0;
  }

  private static List<URI> some(Stream<URI> all) {
    return all.distinct().limit(MOST).toList();
  }

  private static Stream<URI> responders(X509CertificateHolder certificate) {
    AuthorityInformationAccess access =
        AuthorityInformationAccess.fromExtensions(certificate.getExtensions());
    return access == null
        ? Stream.empty()
        : Stream.of(access.getAccessDescriptions())
            .filter(one -> AccessDescription.id_ad_ocsp.equals(one.getAccessMethod()))
            .flatMap(one -> address(one.getAccessLocation()).stream());
  }

  /** Only whole lists that the authority signs itself. */
  private static Stream<URI> lists(X509CertificateHolder certificate) {
    Extension points = certificate.getExtension(Extension.cRLDistributionPoints);
    List<URI> found = new ArrayList<>();
    if (points != null) {
      for (DistributionPoint point :
          CRLDistPoint.getInstance(points.getParsedValue()).getDistributionPoints()) {
        if (point.getCRLIssuer() == null && point.getReasons() == null) {
          found.addAll(addresses(point.getDistributionPoint()));
        }
      }
    }
    return found.stream();
  }

  /** The addresses among the names of a distribution point; none if it has another kind of name. */
  static List<URI> addresses(DistributionPointName name) {
    return name == null || name.getType() != DistributionPointName.FULL_NAME
        ? List.of()
        : Stream.of(GeneralNames.getInstance(name.getName()).getNames())
            .flatMap(one -> address(one).stream())
            .toList();
  }

  private static Optional<URI> address(GeneralName name) {
    if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(name.getName().toString());
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
