package io.github.fapipack.revocation;

import io.github.fapipack.ecosystem.CertificateRules.RevocationSource;
import io.github.fapipack.fetch.GuardedFetch;
import io.github.fapipack.fetch.LoopbackFetch;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.keycloak.common.util.Time;

/** A check of certificates outside of a server, with what it remembers. */
final class Checking {
  static final Set<RevocationSource> OCSP = Set.of(RevocationSource.OCSP);
  static final Set<RevocationSource> CRL = Set.of(RevocationSource.CRL);
  static final Set<RevocationSource> BOTH = Set.of(RevocationSource.OCSP, RevocationSource.CRL);

  /** Long enough for a busy machine, and short for a test that waits for it. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Answers answers = new Answers();
  private final KnownPaths paths = new KnownPaths();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final Anchors anchors;
  private final Fetch fetch;

  private Checking(CertificateAuthority root, GuardedFetch fetch) {
    anchors = Anchors.of(List.of(root.certificate()));
    this.fetch = new Fetch.Guarded(fetch, fetch);
  }

  static Checking trusting(CertificateAuthority root) {
    return new Checking(root, LoopbackFetch.of(100_000, LIMIT));
  }

  static Checking trustingWithoutPrivateNetworks(CertificateAuthority root) {
    return new Checking(root, LoopbackFetch.ofPublicAddresses(100_000, LIMIT));
  }

  /** The verdict if a missing answer means refusal. */
  Verdict strictly(ClientCertificate certificate, Set<RevocationSource> methods)
      throws GeneralSecurityException {
    return check(certificate.chain(), methods, true);
  }

  /** The verdict if a missing answer means acceptance. */
  Verdict leniently(ClientCertificate certificate, Set<RevocationSource> methods)
      throws GeneralSecurityException {
    return check(certificate.chain(), methods, false);
  }

  private Verdict check(List<X509Certificate> chain, Set<RevocationSource> methods, boolean refuse)
      throws GeneralSecurityException {
    CertificatePath path = paths.of(chain, anchors, Time.currentTimeMillis());
    return new PathCheck(answers, () -> fetch, background::add).check(path, methods, refuse);
  }

  /** How many answers are to be renewed. */
  int pendingRenewals() {
    return background.size();
  }

  /** Renews them. */
  void renew() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }
}
