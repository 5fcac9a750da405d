package io.github.fapipack.revocation;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * A whole revocation list that an authority has signed itself (RFC 5280 6.3.3). The JDK's PKIX is
 * not used here: if a list that it is given is not good enough, it fetches others by itself.
 * Partial lists, and those that others sign, are not relied on.
 *
 * @param list verified
 * @param begin when it was fetched, in milliseconds
 * @param until how long it is used, in milliseconds
 * @param bytes its size
 */
record RevocationList(X509CRL list, long begin, long until, int bytes) {

  private static final int SIGNS_LISTS = 6;
  private static final String PARTIAL = Extension.deltaCRLIndicator.getId();
  private static final String POINT = Extension.issuingDistributionPoint.getId();
  private static final Set<String> BROKEN_DIGESTS = Set.of("MD2", "MD4", "MD5");

  /** Reads a list that was fetched for this certificate from this address. */
  static RevocationList read(IssuedCertificate subject, URI address, byte[] encoded, long now)
      throws NoAnswer {
    try {
      X509CRL list = JdkPkix.list(encoded);
      requireOwn(subject, list);
      requireCurrent(list, now);
      requireWhole(subject, address, list);
      long until = Answer.until(list.getNextUpdate().toInstant().toEpochMilli(), now);
      return new RevocationList(list, now, until, encoded.length);
    } catch (GeneralSecurityException
        | IOException
        | RuntimeException
        | StackOverflowError e) { // deeply nested
      throw new NoAnswer("the list cannot be relied on: " + e.getMessage(), e);
    }
  }

  /** What it says about a certificate of its authority. */
  Answer of(IssuedCertificate subject) {
    boolean listed = list.getRevokedCertificate(subject.certificate()) != null;
    return new Answer(listed ? Answer.State.REVOKED : Answer.State.GOOD, "CRL", until);
  }

  private static void requireOwn(IssuedCertificate subject, X509CRL list)
      throws GeneralSecurityException, NoAnswer {
    if (!list.getIssuerX500Principal().equals(subject.certificate().getIssuerX500Principal())) {
      throw new NoAnswer("the list is that of another authority");
    }
    boolean[] usage = subject.issuer().getKeyUsage();
    if (usage != null && !usage[SIGNS_LISTS]) {
      throw new NoAnswer("the authority may not sign lists");
    }
    String algorithm = list.getSigAlgName().toUpperCase(Locale.ROOT);
    if (BROKEN_DIGESTS.stream().anyMatch(algorithm::startsWith)) {
      throw new NoAnswer("the list is signed with " + algorithm);
    }
    list.verify(subject.issuer().getPublicKey());
  }

  private static void requireCurrent(X509CRL list, long now) throws NoAnswer {
    if (list.getThisUpdate().toInstant().toEpochMilli() > now + Answer.SKEW_MILLIS) {
      throw new NoAnswer("the list is not valid yet");
    }
    if (list.getNextUpdate() == null
        || list.getNextUpdate().toInstant().toEpochMilli() < now - Answer.SKEW_MILLIS) {
      throw new NoAnswer("the list is too old");
    }
  }

  private static void requireWhole(IssuedCertificate subject, URI address, X509CRL list)
      throws IOException, NoAnswer {
    Set<String> critical = new HashSet<>();
    if (list.getCriticalExtensionOIDs() != null) {
      critical.addAll(list.getCriticalExtensionOIDs());
    }
    critical.remove(POINT);
    if (!critical.isEmpty() || list.getExtensionValue(PARTIAL) != null) {
      throw new NoAnswer("the list is not a whole one, or of an unknown kind");
    }
    byte[] point = list.getExtensionValue(POINT);
    if (point != null) {
      requireConcerned(
          subject,
          address,
          IssuingDistributionPoint.getInstance(JcaX509ExtensionUtils.parseExtensionValue(point)));
    }
  }

  private static void requireConcerned(
      IssuedCertificate subject, URI address, IssuingDistributionPoint point) throws NoAnswer {
    DistributionPointName name = point.getDistributionPoint();
    if (point.onlyContainsAttributeCerts()
        || point.isIndirectCRL()
        || point.getOnlySomeReasons() != null
        || (point.onlyContainsUserCerts() && subject.isAuthority())
        || (point.onlyContainsCACerts() && !subject.isAuthority())
        || (name != null && !IssuedCertificate.addresses(name).contains(address))) {
      throw new NoAnswer("the list is about other certificates");
    }
  }
}
