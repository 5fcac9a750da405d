package io.github.fapipack.revocation;

import static io.github.fapipack.revocation.Checking.BOTH;
import static io.github.fapipack.revocation.Checking.CRL;
import static io.github.fapipack.revocation.Checking.OCSP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.github.fapipack.ecosystem.CertificateRules.RevocationSource;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.CertificatePurpose;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.RevocationResponder;
import io.github.fapipack.it.time.Await;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the answers of responders and lists, honest ones and others. */
class RevocationCheckTest {
  private static final Duration AGO = Duration.ofSeconds(60).negated();

  private final CertificateAuthority root = CertificateAuthority.create("CN=root");
  private final RevocationResponder responder = RevocationResponder.start(root);
  private final ClientCertificate client = responder.authority().issue("CN=client");
  private final Checking checking = Checking.trusting(root);

  @AfterEach
  void stop() {
    responder.close();
  }

  static Set<Set<RevocationSource>> methods() {
    return Set.of(OCSP, CRL, BOTH);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aGoodCertificateIsTrusted(Set<RevocationSource> methods) throws Exception {
    assertThat(checking.strictly(client, methods)).isEqualTo(new Verdict.Trusted(true));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aRevokedCertificateIsRefused(Set<RevocationSource> methods) throws Exception {
    responder.revoke(client.certificate());

    Verdict verdict = checking.leniently(client, methods);
    assertThat(verdict).isInstanceOf(Verdict.Revoked.class);
    assertThat(verdict.reason()).isEqualTo("the client certificate has been revoked");
  }

  @Test
  void withBothMethodsOneAnswerIsEnough() throws Exception {
    assertThat(checking.strictly(client, BOTH).isTrusted()).isTrue();
    assertThat(responder.ocspRequests()).isEqualTo(1);
    assertThat(responder.crlRequests()).isZero();
  }

  @Test
  void theListIsAskedIfTheResponderFails() throws Exception {
    responder.revoke(client.certificate());
    responder.handling(RevocationCheckTest::outOfOrder, responder::answerCrl);

    assertThat(checking.strictly(client, BOTH)).isInstanceOf(Verdict.Revoked.class);
  }

  @Test
  void noMethodAsksNobody() throws Exception {
    responder.revoke(client.certificate());

    assertThat(checking.strictly(client, Set.of())).isEqualTo(new Verdict.Trusted(false));
    assertThat(responder.ocspRequests() + responder.crlRequests()).isZero();
  }

  @Test
  void aCertificateThatItsAuthorityDoesNotKnowIsRefused() throws Exception {
    responder.forget(client.certificate());

    assertThat(checking.leniently(client, OCSP)).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCertificateWithoutAddressesCannotBeChecked(Set<RevocationSource> methods) throws Exception {
    ClientCertificate silent = root.issue("CN=silent");

    Verdict verdict = checking.strictly(silent, methods);
    assertThat(verdict).isInstanceOf(Verdict.Unavailable.class);
    assertThat(verdict.reason()).contains("does not name where");
    assertThat(checking.leniently(silent, methods)).isEqualTo(new Verdict.Trusted(false));
  }

  @Test
  void onlyTheAddressesOfTheMethodCount() throws Exception {
    ClientCertificate ocspOnly = responder.authorityWithOcsp().issue("CN=client");
    ClientCertificate crlOnly = responder.authorityWithCrl().issue("CN=client");

    assertThat(checking.strictly(ocspOnly, CRL)).isInstanceOf(Verdict.Unavailable.class);
    assertThat(checking.strictly(crlOnly, OCSP)).isInstanceOf(Verdict.Unavailable.class);
    assertThat(checking.strictly(ocspOnly, BOTH).isTrusted()).isTrue();
    assertThat(checking.strictly(crlOnly, BOTH).isTrusted()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void authoritiesBelowTheRootAreCheckedToo(Set<RevocationSource> methods) throws Exception {
    CertificateAuthority middle = responder.authority().subordinate("CN=middle");
    try (RevocationResponder below = RevocationResponder.start(middle)) {
      ClientCertificate deep = below.authority().issue("CN=deep");
      assertThat(checking.strictly(deep, methods)).isEqualTo(new Verdict.Trusted(true));

      responder.revoke(middle.certificate());
      Verdict verdict = Checking.trusting(root).leniently(deep, methods);
      assertThat(verdict).isInstanceOf(Verdict.Revoked.class);
      assertThat(verdict.reason())
          .isEqualTo("an authority of the client certificate has been revoked");
    }
  }

  @Test
  void anAuthorityThatCannotBeCheckedIsMissed() throws Exception {
    CertificateAuthority middle = root.subordinate("CN=middle");
    try (RevocationResponder below = RevocationResponder.start(middle)) {
      ClientCertificate deep = below.authority().issue("CN=deep");

      assertThat(checking.strictly(deep, BOTH)).isInstanceOf(Verdict.Unavailable.class);
      below.revoke(deep.certificate());
      assertThat(Checking.trusting(root).strictly(deep, BOTH)).isInstanceOf(Verdict.Revoked.class);
    }
  }

  // Who may sign.

  @Test
  void aResponderWithACertificateOfTheAuthorityMaySign() throws Exception {
    responder.answering(responder.answers().signedBy(delegate(root)));

    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
    responder.revoke(client.certificate());
    assertThat(Checking.trusting(root).leniently(client, OCSP)).isInstanceOf(Verdict.Revoked.class);
  }

  @Test
  void anotherCertificateOfTheAuthorityMayNotSign() throws Exception {
    responder.answering(responder.answers().signedBy(root.issue("CN=other client")));

    assertUnavailable(OCSP);
  }

  @Test
  void aResponderOfAnotherAuthorityMayNotSign() throws Exception {
    CertificateAuthority sameName = CertificateAuthority.create("CN=root");
    responder.answering(responder.answers().signedBy(delegate(sameName)));

    assertUnavailable(OCSP);
  }

  @Test
  void anotherAuthorityOfTheSameNameMayNotSign() throws Exception {
    CertificateAuthority sameName = CertificateAuthority.create("CN=root");
    responder.answering(
        responder
            .answers()
            .signedBy(new ClientCertificate(sameName.keys().getPrivate(), sameName.certificate())));

    assertUnavailable(OCSP);
    assertUnavailable(CRL);
  }

  @Test
  void anExpiredResponderMayNotSign() throws Exception {
    KeyPair keys = Keys.ec();
    Instant now = Instant.now();
    responder.answering(
        responder
            .answers()
            .signedBy(
                root.issue(
                    CertificateOrder.of("CN=late", keys.getPublic())
                        .as(CertificatePurpose.OCSP_RESPONDER)
                        .valid(now.minusSeconds(7200), now.minusSeconds(3600)),
                    keys.getPrivate())));

    assertUnavailable(OCSP);
  }

  @Test
  void nobodyElseCanMakeACertificateUnknown() throws Exception {
    responder.forget(client.certificate());
    responder.answering(responder.answers().signedBy(root.issue("CN=other client")));

    assertThat(checking.leniently(client, OCSP)).isEqualTo(new Verdict.Trusted(false));
  }

  @Test
  void anAuthorityWithAnRsaKeyIsUnderstood() throws Exception {
    CertificateAuthority rsa = CertificateAuthority.create("CN=rsa", Keys.rsa(2048));
    try (RevocationResponder own = RevocationResponder.start(rsa)) {
      ClientCertificate its = own.authority().issue("CN=client");
      assertThat(Checking.trusting(rsa).strictly(its, OCSP).isTrusted()).isTrue();
      assertThat(Checking.trusting(rsa).strictly(its, CRL).isTrusted()).isTrue();
    }
  }

  // When answers are valid.

  @ParameterizedTest
  @MethodSource("methods")
  void anAnswerThatHasEndedIsNone(Set<RevocationSource> methods) throws Exception {
    responder.answering(
        responder.answers().from(Duration.ofHours(1).negated(), Duration.ofMinutes(2).negated()));

    assertUnavailable(methods);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anAnswerOfTheFutureIsNone(Set<RevocationSource> methods) throws Exception {
    responder.answering(responder.answers().from(Duration.ofMinutes(2), Duration.ofHours(1)));

    assertUnavailable(methods);
  }

  @Test
  void anAnswerWithoutAnEndIsValidForAMoment() throws Exception {
    responder.answering(responder.answers().from(AGO, null));

    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
    assertUnavailable(CRL);
  }

  @Test
  void anOldAnswerWithoutAnEndIsNone() throws Exception {
    responder.answering(responder.answers().from(Duration.ofHours(1).negated(), null));

    assertUnavailable(OCSP);
  }

  // Other answers.

  @ParameterizedTest
  @ValueSource(
      ints = {
        OCSPRespBuilder.TRY_LATER,
        OCSPRespBuilder.INTERNAL_ERROR,
        OCSPRespBuilder.MALFORMED_REQUEST,
        OCSPRespBuilder.SIG_REQUIRED,
        OCSPRespBuilder.UNAUTHORIZED
      })
  void aResponderThatDeclinesHasNoAnswer(int status) throws Exception {
    responder.answering(responder.answers().status(status));

    assertUnavailable(OCSP);
  }

  enum Misbehaviour {
    OUT_OF_ORDER(RevocationCheckTest::outOfOrder),
    EMPTY(exchange -> exchange.sendResponseHeaders(200, -1)),
    GARBAGE(exchange -> RevocationResponder.send(exchange, 200, "x/y", new byte[] {48, 3, 1, 2})),
    TEXT(
        exchange ->
            RevocationResponder.send(
                exchange, 200, "text/html", "<html>good</html>".getBytes(UTF_8))),
    NESTED(exchange -> RevocationResponder.send(exchange, 200, "x/y", nested())),
    LARGE(exchange -> RevocationResponder.send(exchange, 200, "x/y", new byte[10_000_000])),
    ENDLESS(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          while (true) {
            body.write(new byte[1000]);
          }
        }),
    DRIPPING(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(48);
            exchange.getResponseBody().flush();
            Await.pass(Duration.ofMillis(100));
          }
        }),
    ELSEWHERE(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/crl");
          exchange.sendResponseHeaders(302, -1);
        });

    private final HttpHandler handler;

    Misbehaviour(HttpHandler handler) {
      this.handler = handler;
    }

    /** Sequences in sequences. */
    private static byte[] nested() {
      byte[] bytes = new byte[90_000];
      for (int i = 0; i + 1 < bytes.length; i += 2) {
        bytes[i] = 0x30;
        bytes[i + 1] = (byte) 0x80;
      }
      return bytes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverElseItSendsIsNoAnswer(Misbehaviour what) throws Exception {
    responder.handling(what.handler, what.handler);

    assertUnavailable(OCSP);
    assertUnavailable(CRL);
  }

  @Test
  void aResponderThatIsNotThereHasNoAnswer() throws Exception {
    responder.close();

    assertUnavailable(BOTH);
  }

  @Test
  void anAnswerAboutAnotherCertificateIsNone() throws Exception {
    byte[] other = ocspResponseAbout(responder.authority().issue("CN=other"));
    responder.handling(
        exchange -> RevocationResponder.send(exchange, 200, "x/y", other), responder::answerCrl);

    assertUnavailable(OCSP);
  }

  @Test
  void nothingIsFetchedFromPrivateNetworks() throws Exception {
    Checking outside = Checking.trustingWithoutPrivateNetworks(root);

    assertThat(outside.strictly(client, BOTH)).isInstanceOf(Verdict.Unavailable.class);
    assertThat(responder.ocspRequests() + responder.crlRequests()).isZero();
  }

  @Test
  void nothingIsFetchedForACertificateOfAnotherAuthority() {
    CertificateAuthority other = CertificateAuthority.create("CN=root");
    try (RevocationResponder theirs = RevocationResponder.start(other)) {
      ClientCertificate foreign = theirs.authority().issue("CN=client");

      assertThatThrownBy(() -> checking.strictly(foreign, BOTH))
          .isInstanceOf(GeneralSecurityException.class);
      assertThat(theirs.ocspRequests() + theirs.crlRequests()).isZero();
    }
  }

  private void assertUnavailable(Set<RevocationSource> methods) throws Exception {
    assertThat(checking.strictly(client, methods)).isInstanceOf(Verdict.Unavailable.class);
    assertThat(checking.leniently(client, methods)).isEqualTo(new Verdict.Trusted(false));
  }

  private byte[] ocspResponseAbout(ClientCertificate other) throws Exception {
    IssuedCertificate issued = IssuedCertificate.of(other.certificate(), root.certificate());
    return io.github.fapipack.fetch.LoopbackFetch.of(100_000, Duration.ofSeconds(2))
        .post(responder.ocsp(), "application/ocsp-request", OcspResponses.request(issued));
  }

  private static ClientCertificate delegate(CertificateAuthority authority) {
    KeyPair keys = Keys.ec();
    return authority.issue(
        CertificateOrder.of("CN=responder", keys.getPublic()).as(CertificatePurpose.OCSP_RESPONDER),
        keys.getPrivate());
  }

  private static void outOfOrder(com.sun.net.httpserver.HttpExchange exchange)
      throws java.io.IOException {
    exchange.sendResponseHeaders(503, -1);
  }
}
