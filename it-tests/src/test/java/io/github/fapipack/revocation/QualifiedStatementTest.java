package io.github.fapipack.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.Keys;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What qualified certificates say, and others that look like them. */
class QualifiedStatementTest {
  private static final CertificateAuthority ROOT = CertificateAuthority.create("CN=root");

  private static final String COMPLIANCE = "0.4.0.1862.1.1";
  private static final String TYPE = "0.4.0.1862.1.6";
  private static final String WEB = "0.4.0.1862.1.6.3";
  private static final String SEAL = "0.4.0.1862.1.6.2";
  private static final String PSD2 = "0.4.0.19495.2";
  private static final String AI = "0.4.0.19495.1.3";
  private static final String PI = "0.4.0.19495.1.2";

  @Test
  void mostCertificatesSayNothing() {
    assertThat(QualifiedStatement.of(ROOT.issue("CN=client").certificate())).isEmpty();
  }

  @Test
  void aQwacOfAPaymentServiceProviderIsRead() {
    QualifiedStatement read =
        read(
            list(
                list(oid(COMPLIANCE)),
                list(oid(TYPE), list(oid(WEB))),
                list(
                    oid(PSD2),
                    list(
                        list(role(AI, "PSP_AI"), role(PI, "PSP_PI")),
                        text("Banco de Prueba"),
                        text("ES-BDE"))),
                list(oid("0.4.0.1862.1.5"), list(list(new DERIA5String("https://x"))))));

    assertThat(read.isReadable()).isTrue();
    assertThat(read.isForWebsites()).isTrue();
    assertThat(read.uses()).containsExactly(QualifiedStatement.WEB);
    assertThat(read.roles()).containsExactlyInAnyOrder("PSP_AI", "PSP_PI");
    assertThat(read.authorityName()).isEqualTo("Banco de Prueba");
    assertThat(read.authorityId()).isEqualTo("ES-BDE");
  }

  @Test
  void aSealIsNotForWebSites() {
    QualifiedStatement read = read(list(list(oid(COMPLIANCE)), list(oid(TYPE), list(oid(SEAL)))));

    assertThat(read.isReadable()).isTrue();
    assertThat(read.isForWebsites()).isFalse();
    assertThat(read.uses()).containsExactly(QualifiedStatement.SEAL);
    assertThat(read.roles()).isEmpty();
  }

  @Test
  void aTypeWithoutComplianceClaimsNothing() {
    assertThat(read(list(list(oid(TYPE), list(oid(WEB))))).isForWebsites()).isFalse();
  }

  @Test
  void anUnknownRoleIsNotOneOfPsd2() {
    QualifiedStatement read =
        read(
            list(
                list(
                    oid(PSD2),
                    list(list(role("1.2.3.4", "PSP_AI")), text("Name"), text("DE-BAFIN")))));

    assertThat(read.isReadable()).isTrue();
    assertThat(read.roles()).containsExactly("1.2.3.4");
  }

  static Stream<ASN1Encodable> malformed() {
    return Stream.of(
        new ASN1Integer(1),
        DERNull.INSTANCE,
        new DEROctetString(new byte[] {1, 2}),
        list(text("no statement")),
        list(list()),
        list(list(oid(TYPE))),
        list(list(oid(TYPE), text("web"))),
        list(list(oid(TYPE), list(text("web")))),
        list(list(oid(PSD2))),
        list(list(oid(PSD2), list())),
        list(list(oid(PSD2), list(list(role(AI, "PSP_AI")), text("name")))),
        list(list(oid(PSD2), list(list(role(AI, "PSP_AS")), text("name"), text("id")))),
        list(list(oid(PSD2), list(list(list(oid(AI))), text("name"), text("id")))),
        list(list(oid(PSD2), list(list(role(AI, "PSP_AI")), new ASN1Integer(1), text("id")))),
        list(list(oid(PSD2), list(list(role(AI, "PSP_AI")), text(""), text("id")))),
        list(list(oid(PSD2), list(list(role(AI, "PSP_AI")), text("x".repeat(257)), text("id")))),
        list(Stream.generate(() -> list(oid(COMPLIANCE))).limit(51).toArray(ASN1Encodable[]::new)));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatCannotBeReadClaimsNothing(ASN1Encodable statements) {
    QualifiedStatement read = read(statements);

    assertThat(read.isReadable()).isFalse();
    assertThat(read.fault()).isPresent();
    assertThat(read.qualified()).isFalse();
    assertThat(read.roles()).isEmpty();
  }

  private static QualifiedStatement read(ASN1Encodable statements) {
    X509Certificate certificate =
        ROOT.certify(
            CertificateOrder.of("CN=client", Keys.ec().getPublic())
                .with(Extension.qCStatements, false, statements));
    return QualifiedStatement.of(certificate).orElseThrow();
  }

  private static DERSequence list(ASN1Encodable... members) {
    return new DERSequence(members);
  }

  private static ASN1Encodable oid(String id) {
    return new ASN1ObjectIdentifier(id);
  }

  private static ASN1Encodable text(String text) {
    return new DERUTF8String(text);
  }

  private static ASN1Encodable role(String id, String name) {
    return list(oid(id), text(name));
  }
}
