package io.github.fapipack.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.CertificatePurpose;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** The path of a certificate, before anybody is asked about it. */
class CertificateCheckTest {
  private final CertificateAuthority root = CertificateAuthority.create("CN=root");
  private final KeyPair keys = Keys.ec();
  private final KnownPaths paths = new KnownPaths();

  @AfterEach
  void resetClock() {
    Time.setOffset(0);
  }

  @Test
  void aCertificateOfAnAnchorIsTrusted() {
    assertThat(check(root.issue("CN=client"), root)).isEqualTo(new Verdict.Trusted(false));
  }

  @Test
  void aPathThroughOtherAuthoritiesIsTrustedInAnyOrder() {
    ClientCertificate deep =
        root.subordinate("CN=upper").subordinate("CN=lower").issue("CN=client");
    List<X509Certificate> others = new ArrayList<>(deep.issuers());
    Collections.reverse(others);
    others.add(0, deep.certificate());
    others.add(root.certificate());

    assertThat(check(others, root).isTrusted()).isTrue();
    assertThat(check(List.of(deep.certificate()), root)).isInstanceOf(Verdict.Untrusted.class);
  }

  @Test
  void anAuthorityBelowTheRootCanBeAnAnchor() {
    CertificateAuthority lower = root.subordinate("CN=lower");

    assertThat(check(lower.issue("CN=client"), lower).isTrusted()).isTrue();
    assertThat(check(root.issue("CN=client"), lower)).isInstanceOf(Verdict.Untrusted.class);
  }

  @Test
  void anotherAuthorityOfTheSameNameIsNotTrusted() {
    CertificateAuthority other = CertificateAuthority.create("CN=root");

    assertThat(check(other.issue("CN=client"), root)).isInstanceOf(Verdict.Untrusted.class);
    assertThat(check(ClientCertificate.selfSigned("CN=client", keys), root))
        .isInstanceOf(Verdict.Untrusted.class);
  }

  @Test
  void aClientIsNoAuthority() {
    ClientCertificate client = root.issue("CN=client", keys);
    CertificateAuthority pretended = CertificateAuthority.create("CN=client", keys);
    ClientCertificate below = pretended.issue("CN=below");

    assertThat(check(List.of(below.certificate(), client.certificate()), root))
        .isInstanceOf(Verdict.Untrusted.class);
  }

  @Test
  void anExpiredCertificateIsRefused() {
    Instant now = Instant.now();
    ClientCertificate expired =
        root.issue("CN=client", keys, now.minusSeconds(7200), now.minusSeconds(3600));
    ClientCertificate early =
        root.issue("CN=client", keys, now.plusSeconds(3600), now.plusSeconds(7200));

    assertThat(check(expired, root)).isInstanceOf(Verdict.Refused.class);
    assertThat(check(early, root)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aCertificateThatExpiresAfterItsFirstUseIsRefused() {
    Instant now = Instant.now();
    ClientCertificate brief =
        root.issue("CN=client", keys, now.minusSeconds(60), now.plusSeconds(60));
    assertThat(check(brief, root).isTrusted()).isTrue();

    Time.setOffset(61);
    assertThat(check(brief, root)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void whatIsKnownOfOneEcosystemDoesNotCountInAnother() {
    CertificateAuthority other = CertificateAuthority.create("CN=other");
    ClientCertificate client = root.issue("CN=client");

    assertThat(check(client, root).isTrusted()).isTrue();
    assertThat(check(client, other)).isInstanceOf(Verdict.Untrusted.class);
    assertThat(check(client, root).isTrusted()).isTrue();
  }

  @Test
  void aCertificateForAnotherUseIsRefused() {
    CertificateOrder order = CertificateOrder.of("CN=client", keys.getPublic());

    assertThat(check(root.issue(order.as(CertificatePurpose.SERVER), keys.getPrivate()), root))
        .isInstanceOf(Verdict.Refused.class);
    // It says nothing about its use.
    assertThat(check(root.issue(order.as(CertificatePurpose.SEAL), keys.getPrivate()), root))
        .isEqualTo(new Verdict.Trusted(false));
  }

  private Verdict check(ClientCertificate certificate, CertificateAuthority anchor) {
    return check(certificate.chain(), anchor);
  }

  /** With nobody to be asked. */
  private Verdict check(List<X509Certificate> chain, CertificateAuthority anchor) {
    Demands demands =
        new Demands(List.of(anchor.certificate()), Set.of(), true, Demands.CLIENT_AUTH);
    return new CertificateCheck(paths, new PathCheck(new Answers(), () -> null, Runnable::run))
        .check(chain, () -> Anchors.of(demands.anchors()), demands);
  }
}
