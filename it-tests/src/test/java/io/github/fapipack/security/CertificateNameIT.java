package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are identified by an alternative name of their certificate (RFC 8705 2.1.2). */
class CertificateNameIT {
  private static final String DNS = "tls_client_auth_san_dns";
  private static final String URI = "tls_client_auth_san_uri";
  private static final String IP = "tls_client_auth_san_ip";
  private static final String EMAIL = "tls_client_auth_san_email";
  private static final String SUBJECT = "tls_client_auth_subject_dn";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  private static GeneralName uri(String name) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, name);
  }

  private static GeneralName ip(String address) {
    return new GeneralName(GeneralName.iPAddress, address);
  }

  private static GeneralName email(String address) {
    return new GeneralName(GeneralName.rfc822Name, address);
  }

  static Stream<Arguments> same() {
    return Stream.of(
        Arguments.of(DNS, "client.example", dns("client.example")),
        Arguments.of(DNS, "Client.Example", dns("cLIENT.example")),
        Arguments.of(URI, "https://client.example/A", uri("https://client.example/A")),
        Arguments.of(URI, "urn:example:client", uri("urn:example:client")),
        Arguments.of(IP, "192.0.2.7", ip("192.0.2.7")),
        Arguments.of(IP, "2001:DB8:0:0::7", ip("2001:db8::7")),
        Arguments.of(EMAIL, "Client@Bank.example", email("Client@bank.EXAMPLE")));
  }

  @ParameterizedTest
  @MethodSource("same")
  @Accepts(
      by = "RequireTrustedClientCertificate",
      value = {"RFC8705 2.1.2-1", "RFC8705 2.1.2-2"})
  void acceptsTheRegisteredNameAmongThoseOfTheCertificate(
      String member, String registered, GeneralName name) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client =
          showing(named(origin, member, registered).register(), "", dns("first.example"), name);

      client.par().expect();
      client.tokens(TestRealm.USERNAME, realm.password());
      assertThat(attribute(client, member)).isEqualTo(registered);
    }
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(DNS, "client.example", dns("*.example")),
        Arguments.of(DNS, "client.example", dns("client.example.evil.example")),
        Arguments.of(DNS, "client.example", dns("evil.client.example")),
        Arguments.of(DNS, "client.example", dns("client.example\0.evil.example")),
        Arguments.of(DNS, "client.example", dns("client.example.")),
        Arguments.of(DNS, "client.example", uri("client.example")),
        Arguments.of(DNS, "client.example", email("client.example")),
        Arguments.of(DNS, "192.0.2.7", ip("192.0.2.7")),
        Arguments.of(URI, "https://client.example/A", uri("https://client.example/a")),
        Arguments.of(URI, "https://client.example/A", uri("https://client.example/A/b")),
        Arguments.of(URI, "https://client.example/A", uri("HTTPS://client.example/A")),
        Arguments.of(IP, "192.0.2.7", ip("192.0.2.8")),
        Arguments.of(IP, "::ffff:192.0.2.7", ip("192.0.2.7")),
        Arguments.of(
            IP, "192.0.2.7", new GeneralName(GeneralName.iPAddress, new DEROctetString(mapped()))),
        Arguments.of(IP, "192.0.2.7", dns("192.0.2.7")),
        Arguments.of(EMAIL, "Client@bank.example", email("client@bank.example")),
        Arguments.of(EMAIL, "Client@bank.example", email("Client@sub.bank.example")),
        Arguments.of(EMAIL, "Client@bank.example", email("bank.example")));
  }

  private static byte[] mapped() {
    return new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7};
  }

  @ParameterizedTest
  @MethodSource("others")
  @Rejects(
      by = "RequireTrustedClientCertificate",
      value = {"RFC8705 2.1.2-1", "RFC8705 2.1.2-2"})
  void rejectsACertificateWithoutThatName(String member, String registered, GeneralName name) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      FapiClient client =
          showing(named(origin, member, registered).register(), "CN=client.example", name);

      HttpExchange answer = client.par().expectError(401, "invalid_client");

      assertThat(answer.errorDescription()).contains(member);
    }
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsACertificateWithoutAnyAlternativeName() {
    FapiClient client = named(ClientOrigin.AFTER_POLICY, DNS, "client.example").register();

    showing(client, "CN=client.example").par().expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsASubjectWhereThereIsNone() {
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY).register();

    HttpExchange answer =
        showing(client, "", dns("client.example")).par().expectError(401, "invalid_client");

    assertThat(answer.errorDescription()).contains("has no CN");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsTwoNames() {
    FapiClient client = mtls(ClientOrigin.IMPORTED).attribute(DNS, "client.example").register();

    HttpExchange answer = client.par().expectError(401, "invalid_client");

    assertThat(answer.errorDescription()).contains("exactly one of");
    assertThatThrownBy(
            () -> mtls(ClientOrigin.AFTER_POLICY).attribute(DNS, "client.example").register())
        .hasMessageContaining("400")
        .hasMessageContaining(DNS);
  }

  @ParameterizedTest
  @CsvSource({
    DNS + ", *.client.example",
    DNS + ", https://client.example",
    DNS + ", bücher.example",
    URI + ", client.example",
    IP + ", localhost",
    IP + ", 192.0.2.0/24",
    EMAIL + ", client.example",
  })
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsWhatNoCertificateCanHold(String member, String value) {
    assertThatThrownBy(() -> named(ClientOrigin.AFTER_POLICY, member, value).register())
        .hasMessageContaining("400")
        .hasMessageContaining(member);
    assertThat(registration().register(metadata(member, value)))
        .extracting(HttpExchange::status, HttpExchange::error)
        .containsExactly(400, "invalid_client_metadata");
    FapiClient imported = named(ClientOrigin.IMPORTED, member, value).register();
    assertThat(imported.par().expectError(401, "invalid_client").errorDescription())
        .contains(member);
    assertThat(
            realm
                .admin()
                .get("/" + realm.name() + "/fapi/report?client=" + imported.clientId())
                .path("findings")
                .findValuesAsText("problem"))
        .anyMatch(problem -> problem.contains(member));
  }

  @Test
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void acceptsRegistrationsReadsThemBackAndReplacesOneNameByAnother() {
    DynamicRegistration registration = registration();
    ClientKeys keys = ClientKeys.create();
    HttpExchange registered =
        registration.register(metadata(DNS, "Client.example")).expectStatus(201);
    assertThat(registered.json().path(DNS).asText()).isEqualTo("Client.example");
    FapiClient client =
        registration.client(registered, keys).auth(ClientAuth.TLS_CLIENT_AUTH).build();
    showing(client, "", dns("client.example")).par().expect();
    showing(client, "", ip("192.0.2.7")).par().expectError(401, "invalid_client");

    HttpExchange read = registration.read(registered).expectStatus(200);
    assertThat(read.json().path(DNS).asText()).isEqualTo("Client.example");
    assertThat(read.json().path("token_endpoint_auth_method").asText())
        .isEqualTo("tls_client_auth");
    HttpExchange updated = update(registration, read, IP, "192.0.2.7");
    assertThat(updated.json().has(DNS)).isFalse();
    showing(client, "", ip("192.0.2.7")).par().expect();
    showing(client, "", dns("client.example")).par().expectError(401, "invalid_client");

    HttpExchange named = update(registration, updated, SUBJECT, "CN=client");
    assertThat(named.json().has(IP)).isFalse();
    showing(client, "CN=client").par().expect();
    HttpExchange again = update(registration, named, URI, "urn:client");
    assertThat(again.json().has(SUBJECT)).isFalse();
    showing(client, "CN=client", uri("urn:client")).par().expect();
    showing(client, "CN=client").par().expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsRegistrationsWithoutExactlyOneName() {
    DynamicRegistration registration = registration();
    HttpExchange registered =
        registration.register(metadata(DNS, "client.example")).expectStatus(201);
    ObjectNode none = metadata(DNS, "client.example");
    none.remove(DNS);
    ObjectNode two = metadata(DNS, "client.example").put(IP, "192.0.2.7");
    ObjectNode subjectToo = metadata(DNS, "client.example").put(SUBJECT, "CN=client");
    ObjectNode number = metadata(DNS, "client.example").put(DNS, 7);

    for (ObjectNode wrong : new ObjectNode[] {none, two, subjectToo, number}) {
      HttpExchange answer = registration.register(wrong);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("invalid_client_metadata");
      assertThat(answer.errorDescription()).contains("tls_client_auth_");
      assertThat(registration.update(registered, wrong).status()).isEqualTo(400);
    }
  }

  private static HttpExchange update(
      DynamicRegistration registration, HttpExchange last, String member, String value) {
    ObjectNode body = metadata(member, value);
    body.put("client_id", last.json().path("client_id").asText());
    return registration.update(last, body).expectStatus(200);
  }

  private static ObjectNode metadata(String member, String value) {
    return DynamicRegistration.metadata(ClientKeys.create())
        .put("token_endpoint_auth_method", "tls_client_auth")
        .put(member, value);
  }

  private static DynamicRegistration registration() {
    return DynamicRegistration.in(realm);
  }

  private static String attribute(FapiClient client, String name) {
    return realm
        .admin()
        .client(realm.name(), client.clientId())
        .path("attributes")
        .path(name)
        .asText();
  }

  private static TestClient named(ClientOrigin origin, String member, String value) {
    return mtls(origin)
        .altering(client -> client.withObject("/attributes").remove("x509.subjectdn"))
        .attribute(member, value);
  }

  private static TestClient mtls(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).auth(ClientAuth.TLS_CLIENT_AUTH);
  }

  private static FapiClient showing(FapiClient client, String subject, GeneralName... names) {
    Pki pki = realm.server().pki();
    GeneralNames alternativeNames = names.length == 0 ? null : new GeneralNames(names);
    ClientCertificate certificate =
        pki.clientCa().issue(new X500Principal(subject), alternativeNames);
    return client.but().tls(pki, certificate).build();
  }
}
