package io.github.fapipack.authority;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** The certificate of an authority that banks trust. */
final class TrustAnchor {

  private TrustAnchor() {}

  /**
   * The root, so that the issuing key can be replaced; or the lowest certificate that does not say
   * where its revocation would be found. Banks cannot check such a certificate, and refuse what is
   * below it, unless it is what they trust.
   */
  static X509Certificate of(List<X509Certificate> chain) {
    return chain.stream()
        .filter(certificate -> !namesRevocation(certificate))
        .findFirst()
        .orElse(chain.get(chain.size() - 1));
  }

  private static boolean namesRevocation(X509Certificate certificate) {
    try {
      Extensions extensions = new JcaX509CertificateHolder(certificate).getExtensions();
      return extensions != null
          && (extensions.getExtension(Extension.cRLDistributionPoints) != null
              || namesResponder(AuthorityInformationAccess.fromExtensions(extensions)));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean namesResponder(AuthorityInformationAccess access) {
    return access != null
        && Arrays.stream(access.getAccessDescriptions())
            .anyMatch(place -> place.getAccessMethod().equals(AccessDescription.id_ad_ocsp));
  }
}
