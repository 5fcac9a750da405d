package io.github.fapipack.resourceserver.sender;

import static io.github.fapipack.resourceserver.sender.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.X509CertUtils;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.testing.TestCertificate;
import io.github.fapipack.resourceserver.token.PresentedToken.Scheme;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which tokens are bound to their sender, and how they may be presented. */
class SenderConstraintsTest {
  private final Sender sender = new Sender();
  private final X509Certificate own = certificate();
  private final Map<String, Object> ownThumbprint = Map.of("x5t#S256", thumbprint(own));

  @Test
  void aTokenOfNobodyIsRefused() {
    sender.scheme = Scheme.BEARER;
    token("not bound to its sender", () -> sender.sendBound(Map.of()));
    sender.scheme = Scheme.DPOP;
    token("not bound to its sender", () -> sender.sendBound(Map.of(), sender.proof().sign()));
  }

  @Test
  void aTokenWithAKeyIsNoBearerToken() {
    sender.scheme = Scheme.BEARER;
    token("scheme DPoP", () -> sender.send(sender.proof().sign()));
    token("scheme DPoP", () -> sender.send());
  }

  @Test
  void aTokenOfACertificateIsABearerToken() throws Exception {
    sender.scheme = Scheme.BEARER;
    sender.certificate = Optional.of(own);
    assertThat(sender.sendBound(ownThumbprint)).isEmpty();
    sender.scheme = Scheme.DPOP;
    token("not bound to a DPoP key", () -> sender.sendBound(ownThumbprint, sender.proof().sign()));
  }

  @Test
  void theCertificateMustBeThatOfTheToken() {
    sender.scheme = Scheme.BEARER;
    token("connect with mutual TLS", () -> sender.sendBound(ownThumbprint));
    sender.certificate = Optional.of(certificate());
    token("another client certificate", () -> sender.sendBound(ownThumbprint));
  }

  @Test
  void aCertificateOutOfItsTimeIsRefused() throws Exception {
    sender.scheme = Scheme.BEARER;
    sender.certificate = Optional.of(own);
    sender.sendBound(ownThumbprint);
    sender.clock.pass(Duration.ofDays(2));
    token("not valid now", () -> sender.sendBound(ownThumbprint));
    sender.clock.pass(Duration.ofDays(-4));
    token("not valid now", () -> sender.sendBound(ownThumbprint));
  }

  @Test
  void aTokenWithBothNeedsBoth() throws Exception {
    Map<String, Object> both =
        Map.of("jkt", Sender.thumbprint(sender.key), "x5t#S256", thumbprint(own));
    token("connect with mutual TLS", () -> sender.sendBound(both, sender.proof().sign()));
    sender.certificate = Optional.of(own);
    refused(Problem.INVALID_DPOP_PROOF, "no DPoP proof", () -> sender.sendBound(both));
    sender.scheme = Scheme.BEARER;
    token("scheme DPoP", () -> sender.sendBound(both));
    sender.scheme = Scheme.DPOP;
    assertThat(sender.sendBound(both, sender.proof().sign())).isEmpty();
  }

  @Test
  void aMemberThatNobodyKnowsIsRefused() {
    String jkt = Sender.thumbprint(sender.key);
    String proof = sender.proof().sign();
    token("does not know", () -> sender.sendBound(Map.of("jkt", jkt, "kid", "1"), proof));
    token("does not know", () -> sender.sendBound(Map.of("jkt", jkt, "jwk", Map.of()), proof));
    token("does not know", () -> sender.sendBound(Map.of("jkt", jkt, "x5t", ""), proof));
  }

  @Test
  void whatThisApiDoesNotTakeIsRefused() {
    sender.takesDpop = false;
    token("DPoP key, which this API does not take", () -> sender.send(sender.proof().sign()));
    Sender other = new Sender();
    other.takesCertificates = false;
    other.scheme = Scheme.BEARER;
    other.certificate = Optional.of(own);
    token("client certificate, which this API does not take", () -> other.sendBound(ownThumbprint));
  }

  @Test
  void oneKindIsNeeded() {
    assertThatThrownBy(() -> new SenderConstraints(Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dpop or mutualTls");
  }

  private X509Certificate certificate() {
    return TestCertificate.validAround(sender.clock.instant(), Duration.ofDays(1));
  }

  private static String thumbprint(X509Certificate certificate) {
    return X509CertUtils.computeSHA256Thumbprint(certificate).toString();
  }

  private static void token(String reason, Refusals.Sending sending) {
    refused(Problem.INVALID_TOKEN, reason, sending);
  }
}
