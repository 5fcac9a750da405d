package io.github.fapipack.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.it.pki.CertificateAuthority;
import java.math.BigInteger;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Revocation lists that say about what they are, and others. */
class RevocationListTest {
  private static final URI ADDRESS = URI.create("http://crl.example/list");
  private static final CertificateAuthority ROOT = CertificateAuthority.create("CN=root");

  private final X509Certificate client = ROOT.issue("CN=client").certificate();
  private final X509Certificate middle = ROOT.subordinate("CN=middle").certificate();

  @Test
  void aListAboutAllTellsWhoIsRevoked() throws Exception {
    byte[] list = list(ROOT, client, null, null, false);

    assertThat(read(client, list).state()).isEqualTo(Answer.State.REVOKED);
    assertThat(read(middle, list).state()).isEqualTo(Answer.State.GOOD);
  }

  static Stream<Arguments> aboutClients() {
    return Stream.of(
        Arguments.of("users only", point(name(ADDRESS), true, false, false, false)),
        Arguments.of("of this address", point(name(ADDRESS), false, false, false, false)),
        Arguments.of("of no address", point(null, true, false, false, false)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aboutClients")
  void aListAboutClientsTellsWhoIsRevoked(String what, IssuingDistributionPoint point)
      throws Exception {
    byte[] list = list(ROOT, client, Extension.issuingDistributionPoint, point, true);

    assertThat(read(client, list).state()).isEqualTo(Answer.State.REVOKED);
  }

  static Stream<Arguments> aboutOthers() {
    return Stream.of(
        Arguments.of("authorities only", point(name(ADDRESS), false, true, false, false)),
        Arguments.of("attributes only", point(name(ADDRESS), false, false, false, true)),
        Arguments.of("indirect", point(name(ADDRESS), false, false, true, false)),
        Arguments.of(
            "another address", point(name(URI.create("http://x/")), false, false, false, false)),
        Arguments.of(
            "some reasons",
            new IssuingDistributionPoint(
                name(ADDRESS), false, false, new ReasonFlags(2), false, false)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aboutOthers")
  void aListAboutOthersSaysNothing(String what, IssuingDistributionPoint point) throws Exception {
    byte[] list = list(ROOT, middle, Extension.issuingDistributionPoint, point, true);

    assertThatThrownBy(() -> read(client, list))
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining("about other certificates");
  }

  @Test
  void aListAboutUsersSaysNothingAboutAuthorities() throws Exception {
    byte[] list =
        list(
            ROOT,
            client,
            Extension.issuingDistributionPoint,
            point(name(ADDRESS), true, false, false, false),
            true);

    assertThatThrownBy(() -> read(middle, list)).isInstanceOf(NoAnswer.class);
  }

  @Test
  void changesOfAListAreNoList() throws Exception {
    ASN1Encodable base = new CRLNumber(BigInteger.ONE);

    for (boolean critical : new boolean[] {true, false}) {
      byte[] list = list(ROOT, middle, Extension.deltaCRLIndicator, base, critical);
      assertThatThrownBy(() -> read(client, list)).isInstanceOf(NoAnswer.class);
    }
  }

  @Test
  void aListWithAnUnknownCriticalPartSaysNothing() throws Exception {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4.5");

    byte[] critical = list(ROOT, middle, unknown, DERNull.INSTANCE, true);
    assertThatThrownBy(() -> read(client, critical)).isInstanceOf(NoAnswer.class);
    byte[] other = list(ROOT, middle, unknown, DERNull.INSTANCE, false);
    assertThat(read(client, other).state()).isEqualTo(Answer.State.GOOD);
  }

  @Test
  void theListOfAnotherAuthoritySaysNothing() throws Exception {
    byte[] other = list(CertificateAuthority.create("CN=other"), client, null, null, false);
    byte[] sameName = list(CertificateAuthority.create("CN=root"), client, null, null, false);

    assertThatThrownBy(() -> read(client, other))
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining("another authority");
    assertThatThrownBy(() -> read(client, sameName)).isInstanceOf(NoAnswer.class);
  }

  private static Answer read(X509Certificate certificate, byte[] list) throws Exception {
    IssuedCertificate issued = IssuedCertificate.of(certificate, ROOT.certificate());
    return RevocationList.read(issued, ADDRESS, list, System.currentTimeMillis()).of(issued);
  }

  private static byte[] list(
      CertificateAuthority signer,
      X509Certificate revoked,
      ASN1ObjectIdentifier type,
      ASN1Encodable value,
      boolean critical)
      throws Exception {
    Instant now = Instant.now();
    JcaX509v2CRLBuilder builder =
        new JcaX509v2CRLBuilder(
            signer.certificate().getSubjectX500Principal(), Date.from(now.minusSeconds(60)));
    builder.setNextUpdate(Date.from(now.plusSeconds(3600)));
    builder.addCRLEntry(
        revoked.getSerialNumber(), Date.from(now.minusSeconds(60)), CRLReason.keyCompromise);
    if (type != null) {
      builder.addExtension(type, critical, value);
    }
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.keys().getPrivate()))
        .getEncoded();
  }

  private static IssuingDistributionPoint point(
      DistributionPointName name,
      boolean users,
      boolean authorities,
      boolean indirect,
      boolean attributes) {
    return new IssuingDistributionPoint(name, users, authorities, null, indirect, attributes);
  }

  private static DistributionPointName name(URI address) {
    return new DistributionPointName(
        new GeneralNames(
            new GeneralName(GeneralName.uniformResourceIdentifier, address.toString())));
  }
}
