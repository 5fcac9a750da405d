package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.grantmanagement.Database;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is issued, and the list of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuanceTest {
  private static final String KEY_COMPROMISED = "the key was used before; generate a new one";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private List<Database> databases;
  private Database database;

  @BeforeAll
  void start() {
    databases = List.of(Database.h2(), Database.postgres());
    database = databases.get(0);
  }

  @AfterAll
  void stop() {
    databases.forEach(Database::close);
  }

  List<Database> databases() {
    return databases;
  }

  @Test
  void aTransportCertificateIsForTlsClients() throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    Issued issued =
        sandbox.issue(
            Sandbox.order("o", "s", Use.TRANSPORT),
            Requests.of(Requests.rsa(2048, 65537), "SHA256withRSA"));

    X509Certificate made = Sandbox.certificate(issued);
    made.verify(sandbox.issuer().certificate().getPublicKey());
    assertThat(made.getVersion()).isEqualTo(3);
    assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=s,O=o,C=PT");
    assertThat(made.getBasicConstraints()).isEqualTo(-1);
    assertThat(made.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
    assertThat(made.getKeyUsage())
        .containsExactly(true, false, true, false, false, false, false, false, false);
    assertThat(made.getSubjectAlternativeNames())
        .containsExactly(List.of(2, "app.example"), List.of(6, "urn:software:s"));
    assertThat(made.getSerialNumber().signum()).isPositive();
    assertThat(made.getSerialNumber().toByteArray()).hasSize(20);
    assertThat(issued.serial()).isEqualTo(made.getSerialNumber().toString(16));
    assertThat(issued.notAfter()).isEqualTo(made.getNotAfter().toInstant());
    assertThat(sandbox.entry(issued))
        .isEqualTo(
            new Issued(
                issued.serial(),
                "o",
                "s",
                Use.TRANSPORT,
                "CN=s,O=o,C=PT",
                Digests.sha256(made.getPublicKey().getEncoded()),
                issued.pem(),
                issued.issuedAt().truncatedTo(ChronoUnit.MILLIS),
                issued.notAfter(),
                "alice",
                null,
                null,
                null));
  }

  @Test
  void aSigningCertificateIsForSignaturesOnly() throws Exception {
    X509Certificate made =
        Sandbox.certificate(
            Sandbox.in(database).issue(Sandbox.order("o", "s", Use.SIGNING), Requests.fresh()));

    assertThat(made.getExtendedKeyUsage()).isNull();
    assertThat(made.getKeyUsage())
        .containsExactly(true, false, false, false, false, false, false, false, false);
  }

  @Test
  void nothingOfTheRequestButItsKeyIsTakenOver() throws Exception {
    KeyPair keys = Requests.ec("secp256r1");
    ExtensionsGenerator wanted = new ExtensionsGenerator();
    wanted.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    wanted.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "bank.example")));
    wanted.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    PKCS10CertificationRequestBuilder request =
        Requests.builder(keys)
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wanted.generate())
            .addAttribute(
                PKCSObjectIdentifiers.pkcs_9_at_unstructuredName, new X500Name("CN=nonsense"));

    X509Certificate made =
        Sandbox.certificate(
            Sandbox.in(database)
                .issue(
                    Sandbox.order("o", "s", Use.TRANSPORT),
                    Requests.pem(Requests.signed(request, keys, "SHA256withECDSA"))));

    assertThat(made.getBasicConstraints()).isEqualTo(-1);
    assertThat(made.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
    assertThat(made.toString()).doesNotContain("bank.example", "whoever", "another bank");
    assertThat(made.getPublicKey()).isEqualTo(keys.getPublic());
  }

  @Test
  void aCertificateEndsNoLaterThanThatOfItsIssuer() {
    Sandbox sandbox = Sandbox.in(database);
    Order order = Sandbox.order("o", "s", Use.SIGNING);
    Issued issued =
        sandbox.issue(
            new Order(
                "o",
                "s",
                Use.SIGNING,
                order.subject(),
                List.of(),
                List.of(),
                Duration.ofDays(100_000),
                "alice"),
            Requests.fresh());

    assertThat(issued.notAfter())
        .isEqualTo(sandbox.issuer().certificate().getNotAfter().toInstant());
    assertThat(Sandbox.certificate(issued).getNotBefore().toInstant()).isBefore(Instant.now());
  }

  @Test
  void aKeyBelongsToOneOrganisation() {
    Sandbox sandbox = Sandbox.in(database);
    String request = Requests.fresh();
    sandbox.issue(Sandbox.order("o", "s", Use.TRANSPORT), request);

    sandbox.issue(Sandbox.order("o", "s", Use.TRANSPORT), request);
    assertThatThrownBy(() -> sandbox.issue(Sandbox.order("p", "t", Use.TRANSPORT), request))
        .isInstanceOf(RequestFault.class)
        .hasMessage(KEY_COMPROMISED);
    assertThat(sandbox.count(Search.ofSoftware("t"))).isZero();
  }

  @Test
  void aCompromisedKeyNeverComesBack() {
    Sandbox sandbox = Sandbox.in(database);
    Order order = Sandbox.order("o", "s", Use.TRANSPORT);
    String superseded = Requests.fresh();
    sandbox.revoke(sandbox.issue(order, superseded), Reason.SUPERSEDED);
    sandbox.issue(order, superseded);
    String compromised = Requests.fresh();
    sandbox.revoke(sandbox.issue(order, compromised), Reason.KEY_COMPROMISE);

    assertThatThrownBy(() -> sandbox.issue(order, compromised))
        .isInstanceOf(RequestFault.class)
        .hasMessage(KEY_COMPROMISED);
  }

  @Test
  void aSoftwareGetsSoManyCertificatesOnly() {
    Sandbox sandbox = Sandbox.in(database);
    Order order = Sandbox.order("o", "s", Use.TRANSPORT);
    String request = Requests.fresh();
    List<Issued> issued =
        IntStream.range(0, 20).mapToObj(i -> sandbox.issue(order, request)).toList();

    assertThatThrownBy(() -> sandbox.issue(order, request))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("20 valid certificates");
    issued.forEach(each -> sandbox.revoke(each, Reason.SUPERSEDED));
    assertThatThrownBy(() -> sandbox.issue(order, request))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("within a day");
    sandbox.issue(Sandbox.order("o", "other", Use.TRANSPORT), request);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void fiftyAtOnceGetAllTheirOwnNumbers(Database database) throws Exception {
    Sandbox sandbox = Sandbox.in(database);
    String request = Requests.fresh();
    ExecutorService threads = Executors.newFixedThreadPool(25);
    try {
      List<Callable<Issued>> orders =
          IntStream.range(0, 50)
              .<Callable<Issued>>mapToObj(
                  i -> () -> sandbox.issue(Sandbox.order("o", "s" + i, Use.TRANSPORT), request))
              .toList();
      for (Future<Issued> each : threads.invokeAll(orders)) {
        assertThat(sandbox.entry(each.get())).isNotNull();
      }
    } finally {
      threads.shutdown();
    }

    List<Issued> all = sandbox.search(new Search("o", null, null, null, null), 0, 100);
    assertThat(all).hasSize(50).extracting(Issued::serial).doesNotHaveDuplicates();
  }

  @Test
  void aNumberExistsOnce() {
    Sandbox sandbox = Sandbox.in(database);
    Issued issued = sandbox.issue("o", "s");

    assertThatThrownBy(
            () ->
                sandbox.with(
                    table -> {
                      table.add("issuer", issued);
                      return null;
                    }))
        .hasMessageContaining("UK_FAPI_SCHEME_CERT");
  }
}
