package io.github.fapipack.revocation;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;

/** Whether a client certificate counts. */
public final class CertificateTrust {

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
    PathCheck revocation =
        new PathCheck(Answers.ofServer(), () -> Fetch.of(session), background(session));
    return new CertificateCheck(KnownPaths.ofServer(), revocation)
        .check(
            chain,
            () ->
                demands.anchors().isEmpty()
                    ? Anchors.ofServer(session)
                    : Anchors.of(demands.anchors()),
            demands);
  }

  private static Executor background(KeycloakSession session) {
    return task ->
        session.getProvider(ExecutorsProvider.class).getExecutor("fapi-revocation").execute(task);
  }
}
