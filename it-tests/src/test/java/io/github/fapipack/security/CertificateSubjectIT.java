package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subjects of certificates as authorities issue them and as people register them. */
class CertificateSubjectIT {
  private static final String SUBJECT = "x509.subjectdn";
  private static final String AUTHORITY = "x509.casubjectdn";

  private static final ASN1ObjectIdentifier ORGANIZATION_IDENTIFIER =
      new ASN1ObjectIdentifier("2.5.4.97");

  private static final ASN1ObjectIdentifier JURISDICTION =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.60.2.1.3");

  /** As the register of a Brazilian bank has it. */
  private static final String REGISTERED =
      "UID=10120340-3318-4baf-99e2-0b56729c4ab2,CN=mtls.banco.example,serialNumber=43142666000197,"
          + "jurisdictionCountryName=BR,businessCategory=Private Organization,"
          + "organizationIdentifier=OFBBR-d4c7,O=Banco S\\C3\\A3o S.A.,L=SAO PAULO,ST=SP,C=BR";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static X500NameBuilder names() {
    return new X500NameBuilder();
  }

  private static DERUTF8String utf8(String text) {
    return new DERUTF8String(text);
  }

  private static X500Principal built(X500NameBuilder name) {
    try {
      return new X500Principal(name.build().getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X500Principal brazilian(String organizationIdentifier) {
    return built(
        names()
            .addRDN(BCStyle.C, new DERPrintableString("BR"))
            .addRDN(BCStyle.ST, utf8("sp"))
            .addRDN(BCStyle.L, utf8("Sao Paulo"))
            .addRDN(BCStyle.O, utf8("Banco  São S.A."))
            .addRDN(ORGANIZATION_IDENTIFIER, utf8(organizationIdentifier))
            .addRDN(BCStyle.BUSINESS_CATEGORY, utf8("Private Organization"))
            .addRDN(JURISDICTION, utf8("BR"))
            .addRDN(BCStyle.SERIALNUMBER, new DERPrintableString("43142666000197"))
            .addRDN(BCStyle.CN, utf8("mtls.banco.example"))
            .addRDN(BCStyle.UID, utf8("10120340-3318-4baf-99e2-0b56729c4ab2")));
  }

  private static X500Principal multiValued() {
    return built(
        names()
            .addRDN(BCStyle.O, utf8("Bank"))
            .addMultiValuedRDN(
                new ASN1ObjectIdentifier[] {BCStyle.CN, BCStyle.SERIALNUMBER},
                new ASN1Encodable[] {utf8("client"), new DERPrintableString("1")}));
  }

  private static X500Principal one(ASN1Encodable value) {
    return built(names().addRDN(BCStyle.O, value));
  }

  static Stream<Arguments> same() {
    return Stream.of(
        Arguments.of(REGISTERED, brazilian("OFBBR-d4c7")),
        Arguments.of(
            REGISTERED.replace("organizationIdentifier=", "2.5.4.97="), brazilian("OFBBR-d4c7")),
        Arguments.of(
            REGISTERED
                .replace(
                    "organizationIdentifier=OFBBR-d4c7", "OID.2.5.4.97=#0c0a4f464242522d64346337")
                .replace("jurisdictionCountryName", "jurisdictionOfIncorporationCountryName"),
            brazilian("OFBBR-D4C7")),
        Arguments.of("cn=CLIENT+serialNumber=1, o=bank", multiValued()),
        Arguments.of("SERIALNUMBER=1+CN=client,O=Bank", multiValued()),
        Arguments.of("O=Banco São", one(new DERBMPString("banco são"))),
        Arguments.of("O=Bank", one(new DERT61String("BANK"))));
  }

  @ParameterizedTest
  @MethodSource("same")
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-2")
  void acceptsTheSameNameHoweverItIsWritten(String registered, X500Principal shown) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client = client(origin, registered, shown);

      client.par().expect();
      client.tokens(TestRealm.USERNAME, realm.password());
      assertThat(attribute(client, SUBJECT)).isEqualTo(registered);
    }
  }

  static Stream<Arguments> others() {
    X500Principal brazilian = brazilian("OFBBR-other");
    List<String> parts = new ArrayList<>(List.of(REGISTERED.split(",")));
    Collections.reverse(parts);
    String reversed = String.join(",", parts); // as OpenSSL prints it
    return Stream.of(
        Arguments.of(REGISTERED, brazilian, "has another organizationIdentifier"),
        Arguments.of(reversed, brazilian("OFBBR-d4c7"), "in reverse"),
        Arguments.of(REGISTERED + ",DC=example", brazilian("OFBBR-d4c7"), "has no DC"),
        Arguments.of("CN=client,serialNumber=1,O=Bank", multiValued(), "in another order"),
        Arguments.of("CN=client,O=Bank", multiValued(), "also has serialNumber"),
        Arguments.of("O=Ban.*", one(utf8("Bank")), "has another O"),
        Arguments.of("O=Bank", one(utf8("Bank of England")), "has another O"),
        Arguments.of("O=Bank", one(utf8("B\u0430nk")), "has another O"),
        Arguments.of("O=Bank", one(utf8("\uFF22ank")), "has another O"),
        Arguments.of("O=Bank", one(utf8("Ban\u212A")), "has another O"),
        Arguments.of("O=Bank", one(utf8("Bank\u0000")), "has another O"),
        Arguments.of("O=Bank", one(utf8("Ba\u00ADnk")), "has another O"),
        Arguments.of("O=Bank", one(new DERT61String("Bank$")), "has another O"),
        Arguments.of(
            "CN=a",
            built(names().addMultiValuedRDN(twice(), new ASN1Encodable[] {utf8("a"), utf8("a")})),
            "also has CN"),
        Arguments.of("O=" + "x".repeat(3000), one(utf8("x".repeat(2999))), "has another O"));
  }

  private static ASN1ObjectIdentifier[] twice() {
    return new ASN1ObjectIdentifier[] {BCStyle.CN, BCStyle.CN};
  }

  @ParameterizedTest
  @MethodSource("others")
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-2")
  void rejectsAnotherNameAndSaysWhatDiffers(
      String registered, X500Principal shown, String difference) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client = client(origin, registered, shown);

      HttpExchange answer = client.par().expectError(401, "invalid_client");

      assertThat(answer.errorDescription())
          .contains(difference, "tls_client_auth_subject_dn")
          .doesNotContain("OFBBR", "England");
      client.introspect("token").expectError(401, "invalid_client");
    }
  }

  @Test
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1-1")
  void acceptsTheRegisteredAuthorityHoweverItIsWritten() {
    for (String authority : List.of("cn=fapi pack CLIENT ca", "2.5.4.3=#0c134641504920")) {
      TestClient client = mtls(ClientOrigin.IMPORTED).attribute(AUTHORITY, authority);
      if (authority.contains("#")) {
        client.register().par().expectError(401, "invalid_client");
      } else {
        client.register().par().expect();
      }
    }
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1-1")
  void rejectsAnotherAuthorityThanTheRegisteredOne() {
    FapiClient client =
        mtls(ClientOrigin.BEFORE_POLICY).attribute(AUTHORITY, "CN=FAPI Pack server CA").register();

    HttpExchange answer = client.par().expectError(401, "invalid_client");

    assertThat(answer.errorDescription()).contains(AUTHORITY, "has another CN");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1-1")
  void rejectsTheSameSubjectFromAnotherAuthorityOfTheSameName() {
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY).register();
    ClientCertificate forged =
        CertificateAuthority.create("CN=FAPI Pack client CA").issue("CN=" + client.clientId());

    assertThatThrownBy(() -> showing(client, forged).par().send())
        .isInstanceOf(UncheckedIOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "/C=BR/O=Bank", "CN=a,FOO=b", "CN=a\\"})
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void tellsOfARegisteredSubjectThatIsNoName(String registered) {
    FapiClient client = client(ClientOrigin.IMPORTED, registered, one(utf8("Bank")));

    assertThat(client.par().expectError(401, "invalid_client").errorDescription())
        .contains("what is registered as tls_client_auth_subject_dn is not such a name");
    assertThat(findings(client)).anyMatch(text -> text.contains("tls_client_auth_subject_dn"));
    for (String attribute : List.of(SUBJECT, AUTHORITY)) {
      assertThatThrownBy(
              () -> mtls(ClientOrigin.AFTER_POLICY).attribute(attribute, registered).register())
          .hasMessageContaining("400")
          .hasMessageContaining(attribute);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  void warnsOfNoMissingAuthority(ClientOrigin origin) {
    // Other classes use the same server, and some of their clients lack what is warned of.
    int before = realm.server().log().length();

    mtls(origin)
        .altering(client -> ((ObjectNode) client.get("attributes")).remove(AUTHORITY))
        .register()
        .par()
        .expect();

    assertThat(realm.server().log().substring(before)).doesNotContain("option 'x509.casubjectdn'");
  }

  private static List<String> findings(FapiClient client) {
    return realm
        .admin()
        .get("/" + realm.name() + "/fapi/report?client=" + client.clientId())
        .path("findings")
        .findValuesAsText("problem");
  }

  private static String attribute(FapiClient client, String name) {
    return realm
        .admin()
        .client(realm.name(), client.clientId())
        .path("attributes")
        .path(name)
        .asText();
  }

  private static FapiClient client(ClientOrigin origin, String registered, X500Principal shown) {
    return showing(
        mtls(origin).attribute(SUBJECT, registered).register(),
        pki().clientCa().issue(shown, null));
  }

  private static TestClient mtls(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).auth(ClientAuth.TLS_CLIENT_AUTH);
  }

  private static FapiClient showing(FapiClient client, ClientCertificate certificate) {
    return client.but().tls(pki(), certificate).build();
  }

  private static Pki pki() {
    return realm.server().pki();
  }
}
