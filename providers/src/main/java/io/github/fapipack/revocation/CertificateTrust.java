package io.github.fapipack.revocation;

import io.github.fapipack.revocation.Verdict.Refused;
import io.github.fapipack.revocation.Verdict.Untrusted;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;

/** Whether a client certificate counts. */
public final class CertificateTrust {

  private static final Logger LOGGER = Logger.getLogger(CertificateTrust.class);

  private static final String ANY_USE = "2.5.29.37.0";

  private CertificateTrust() {}

  /**
   * The verdict about a certificate. It is asked for over the network only if it comes from a
   * trusted authority, so that nobody else chooses the addresses.
   *
   * @param chain the certificate, then what was sent with it, in any order
   * @param demands what it must fulfil
   */
  public static Verdict check(
      KeycloakSession session, List<X509Certificate> chain, Demands demands) {
    long now = Time.currentTimeMillis();
    CertificatePath path;
    try {
      Anchors anchors =
          demands.anchors().isEmpty() ? Anchors.ofServer(session) : Anchors.of(demands.anchors());
      path = KnownPaths.ofServer().of(chain, anchors, now);
    } catch (GeneralSecurityException e) {
      LOGGER.debug("The client certificate has no valid path", e);
      return withoutPath(chain.get(0), now);
    }
    if (!allows(chain.get(0), demands.keyUsage())) {
      return new Refused(
          "the client certificate is for another use", "use one whose extendedKeyUsage fits");
    }
    return new PathCheck(Answers.ofServer(), () -> Fetch.of(session), background(session))
        .check(path, demands.methods(), demands.refuseIfUnavailable());
  }

  private static Executor background(KeycloakSession session) {
    return task ->
        session.getProvider(ExecutorsProvider.class).getExecutor("fapi-revocation").execute(task);
  }

  /** For an expired one this is the better reason: what it was, is not looked up any more. */
  private static Verdict withoutPath(X509Certificate certificate, long now) {
    Date date = new Date(now);
    if (date.after(certificate.getNotAfter()) || date.before(certificate.getNotBefore())) {
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
