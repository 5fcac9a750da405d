package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.grantmanagement.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Revocation lists and OCSP responses, as openssl, Java and BouncyCastle read them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationInformationTest {
  private Database database;

  @TempDir private Path folder;

  @BeforeAll
  void start() {
    database = Database.h2();
  }

  @AfterAll
  void stop() {
    database.close();
  }

  private OpenSsl openssl(Sandbox sandbox, Issued issued) throws IOException {
    OpenSsl openssl = new OpenSsl(folder);
    List<X509Certificate> chain = sandbox.issuer().chain();
    openssl.write("issuer.pem", SandboxHierarchy.pem(chain.subList(0, 1)));
    openssl.write("root.pem", SandboxHierarchy.pem(chain.subList(1, 2)));
    openssl.write("client.pem", issued.pem());
    return openssl;
  }

  private static X509CRL read(RevocationList list) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(list.content()));
  }

  private static BigInteger number(X509CRL list) {
    return ASN1Integer.getInstance(
            ASN1OctetString.getInstance(list.getExtensionValue(Extension.cRLNumber.getId()))
                .getOctets())
        .getValue();
  }

  @Test
  void opensslVerifiesTheCertificateUntilItIsRevoked() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    Issued issued = sandbox.issue("o", "s");
    OpenSsl openssl = openssl(sandbox, issued);
    String[] verify = {
      "verify",
      "-x509_strict",
      "-crl_check",
      "-purpose",
      "sslclient",
      "-CAfile",
      "root.pem",
      "-untrusted",
      "issuer.pem",
      "-CRLfile",
      "list.crl",
      "client.pem"
    };

    openssl.write("list.crl", sandbox.list().content());
    assertThat(openssl.run(verify)).isEqualToIgnoringWhitespace("client.pem: OK");
    sandbox.revoke(issued, Reason.KEY_COMPROMISE);
    openssl.write("list.crl", sandbox.list().content());

    assertThat(openssl.run(verify)).contains("certificate revoked");
    assertThat(
            openssl.run(
                "crl", "-inform", "DER", "-in", "list.crl", "-CAfile", "issuer.pem", "-text"))
        .contains("verify OK", "Key Compromise", "X509v3 CRL Number");
  }

  @Test
  void theListTellsOfEachRevocationAndIsSignedOnlyForOne() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    Issued first = sandbox.issue("o", "s");
    Issued second = sandbox.issue("o", "s");
    RevocationList empty = sandbox.list();
    assertThat(sandbox.list().content()).isEqualTo(empty.content());
    sandbox.revoke(first, Reason.UNSPECIFIED);
    sandbox.revoke(second, Reason.SUPERSEDED);

    X509CRL list = read(sandbox.list());
    list.verify(sandbox.issuer().certificate().getPublicKey());

    assertThat(number(list)).isEqualTo(number(read(empty)).add(BigInteger.ONE));
    assertThat(list.getVersion()).isEqualTo(2);
    assertThat(list.getNextUpdate()).isAfter(list.getThisUpdate());
    assertThat(list.getRevokedCertificates()).hasSize(2);
    assertThat(list.getRevokedCertificate(Sandbox.certificate(first)).hasExtensions()).isFalse();
    assertThat(list.getRevokedCertificate(Sandbox.certificate(second)).getRevocationReason())
        .isEqualTo(CRLReason.SUPERSEDED);
    assertThat(sandbox.list().number()).isEqualTo(2);
  }

  @Test
  void ofManyWhoAskAtOnceOneHasTheListSigned() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    sandbox.revoke(sandbox.issue("o", "s"), Reason.SUPERSEDED);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Long>> requests = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        requests.add(() -> sandbox.list().number());
      }
      for (Future<Long> each : threads.invokeAll(requests)) {
        assertThat(each.get()).isEqualTo(1);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static OcspQuestion question(Sandbox sandbox, BigInteger serial) throws Exception {
    byte[] request =
        new OCSPReqBuilder()
            .addRequest(
                new CertificateID(
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(sandbox.issuer().certificate()),
                    serial))
            .build()
            .getEncoded();
    return OcspQuestion.read(request).orElseThrow();
  }

  @Test
  void bouncyCastleReadsTheStatus() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    Issued issued = sandbox.issue("o", "s");
    OcspQuestion question = question(sandbox, Sandbox.certificate(issued).getSerialNumber());
    OcspAnswer good = OcspAnswer.sign(sandbox.issuer(), question, issued);
    assertThat(status(good).getCertStatus()).isNull();
    sandbox.revoke(issued, Reason.PRIVILEGE_WITHDRAWN);
    Issued revoked = sandbox.entry(issued);

    assertThat(good.isCurrent(issued)).isTrue();
    assertThat(good.isCurrent(revoked)).isFalse();
    RevokedStatus status =
        (RevokedStatus)
            status(OcspAnswer.sign(sandbox.issuer(), question, revoked)).getCertStatus();
    assertThat(status.getRevocationReason()).isEqualTo(9);
    assertThat(status.getRevocationTime()).isToday();
  }

  private static org.bouncycastle.cert.ocsp.SingleResp status(OcspAnswer answer) throws Exception {
    return ((BasicOCSPResp) new OCSPResp(answer.content()).getResponseObject()).getResponses()[0];
  }

  @Test
  void opensslReadsTheStatus() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    Issued issued = sandbox.issue("o", "s");
    OpenSsl openssl = openssl(sandbox, issued);
    for (String hash : List.of("-sha1", "-sha256")) {
      openssl.run(
          "ocsp", hash, "-issuer", "issuer.pem", "-cert", "client.pem", "-reqout", "request.der");
      OcspQuestion question = OcspQuestion.read(openssl.read("request.der")).orElseThrow();
      assertThat(question.isAbout(sandbox.issuer())).isTrue();
      assertThat(question.isAbout(Sandbox.key())).isFalse();
      assertThat(question.serial()).contains(issued.serial());
      openssl.write("response.der", OcspAnswer.sign(sandbox.issuer(), question, issued).content());

      assertThat(
              openssl.run(
                  "ocsp",
                  hash,
                  "-issuer",
                  "issuer.pem",
                  "-cert",
                  "client.pem",
                  "-respin",
                  "response.der",
                  "-CAfile",
                  "root.pem",
                  "-verify_other",
                  "issuer.pem"))
          .contains("Response verify OK", "client.pem: good");
    }
  }

  @Test
  void whatIsNoRequestForOneCertificateIsMalformed() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    CertificateID id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            new JcaX509CertificateHolder(sandbox.issuer().certificate()),
            BigInteger.ONE);
    byte[] two = new OCSPReqBuilder().addRequest(id).addRequest(id).build().getEncoded();

    assertThat(OcspQuestion.read(two)).isEmpty();
    assertThat(OcspQuestion.read(new OCSPReqBuilder().build().getEncoded())).isEmpty();
    assertThat(OcspQuestion.read(new byte[0])).isEmpty();
    assertThat(OcspQuestion.read(new byte[] {0x30, 0x03, 0x02, 0x01, 0x00})).isEmpty();
    assertThat(OcspQuestion.read(java.util.Arrays.copyOf(two, two.length / 2))).isEmpty();
  }

  @Test
  void numbersThatWereNeverIssuedAreNoSerials() throws Exception {
    Sandbox sandbox = Sandbox.in(database);

    assertThat(question(sandbox, BigInteger.ZERO).serial()).isEmpty();
    assertThat(question(sandbox, BigInteger.ONE.negate()).serial()).isEmpty();
    assertThat(question(sandbox, BigInteger.ONE.shiftLeft(4000)).serial()).isEmpty();
    assertThat(SerialNumber.normal("0A:0b")).isEqualTo("a0b");
    assertThat(SerialNumber.normal("xyz")).isNull();
    assertThat(SerialNumber.normal("1".repeat(41))).isNull();
  }

  @Test
  void theKeyIdentifierIsThatOfTheIssuingCertificate() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    X509CRL list = read(sandbox.list());

    assertThat(list.getExtensionValue(Extension.authorityKeyIdentifier.getId()))
        .isEqualTo(
            Sandbox.certificate(sandbox.issue("o", "s"))
                .getExtensionValue(Extension.authorityKeyIdentifier.getId()));
    assertThat(
            new JcaX509ExtensionUtils()
                .createSubjectKeyIdentifier(sandbox.issuer().certificate().getPublicKey())
                .getKeyIdentifier())
        .isEqualTo(CertificateProfile.authority(sandbox.issuer()).getKeyIdentifierOctets());
  }
}
