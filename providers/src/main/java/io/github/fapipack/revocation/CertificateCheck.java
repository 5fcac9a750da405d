package io.github.fapipack.revocation;

import io.github.fapipack.revocation.Verdict.Refused;
import io.github.fapipack.revocation.Verdict.Untrusted;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;

/**
 * Whether a certificate has a valid path and is for the use that is demanded, and then whether it
 * was revoked.
 */
record CertificateCheck(KnownPaths paths, PathCheck revocation) {

  private static final Logger LOGGER = Logger.getLogger(CertificateCheck.class);

  private static final String ANY_USE = "2.5.29.37.0";

  /** Authorities that may be missing. */
  interface Authorities {
    Anchors get() throws GeneralSecurityException;
  }

  Verdict check(List<X509Certificate> chain, Authorities authorities, Demands demands) {
    long now = Time.currentTimeMillis();
    CertificatePath path;
    try {
      path = paths.of(chain, authorities.get(), now);
    } catch (GeneralSecurityException e) {
      LOGGER.debug("The client certificate has no valid path", e);
      return withoutPath(chain.get(0), now);
    }
    if (!allows(chain.get(0), demands.keyUsage())) {
      return new Refused(
          "the client certificate is for another use", "use one whose extendedKeyUsage fits");
    }
    return revocation.check(path, demands.methods(), demands.refuseIfUnavailable());
  }

  /** For an expired one this is the better reason: what it was, is not looked up any more. */
  private static Verdict withoutPath(X509Certificate certificate, long now) {
    Instant date = Instant.ofEpochMilli(now);
    if (date.isAfter(certificate.getNotAfter().toInstant())
        || date.isBefore(certificate.getNotBefore().toInstant())) {
      return new Refused(
          "the client certificate has expired or is not valid yet", "use one that is valid");
    }
    return new Untrusted(
        "the client certificate does not come from a trusted authority", "use another one");
  }

  private static boolean allows(X509Certificate certificate, String use) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return use == null || uses == null || uses.contains(use) || uses.contains(ANY_USE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }
}
