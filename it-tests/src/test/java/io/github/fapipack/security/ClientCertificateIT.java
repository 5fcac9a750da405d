package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that authenticate by mutual TLS, with real handshakes. */
class ClientCertificateIT {
  private static final String PATTERN = "x509.allow.regex.pattern.comparison";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireTrustedClientCertificate",
      value = {"RFC8705 2-1", "RFC8705 2.1-1", "RFC8705 2.1.2-1"})
  @Accepts(by = "RejectWeakKeys", value = "FAPI2-SP 5.4.1-3")
  void acceptsTheCertificateOfTheClient(ClientOrigin origin) {
    FapiClient client = mtls(origin).register();

    client.par().expect();
    client.tokens(TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1-1")
  void acceptsAClientThatNamesNoAuthority(ClientOrigin origin) {
    mtls(origin)
        .altering(client -> attributes(client).remove("x509.casubjectdn"))
        .register()
        .par()
        .expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2-1")
  void rejectsARequestWithoutCertificate(ClientOrigin origin) {
    FapiClient client = mtls(origin).register();

    client.par().withoutCertificate().expectError(401, "invalid_client");
    client.clientCredentials().withoutCertificate().expectError(401, "invalid_client");
    client.introspect("token").withoutCertificate().expectError(401, "invalid_client");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireTrustedClientCertificate",
      value = {"RFC8705 2.1-1", "RFC8705 2.1.2-1"})
  void rejectsAnotherSubject(ClientOrigin origin) {
    FapiClient client = mtls(origin).register();
    ClientCertificate other = pki().clientCa().issue("CN=other,CN=" + client.clientId());

    showing(client, other).par().expectError(401, "invalid_client");
    showing(client, other).introspect("token").expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1-1")
  void rejectsACertificateThatTheClientMadeItself() {
    FapiClient client = mtls(ClientOrigin.BEFORE_POLICY).register();
    ClientCertificate own = ClientCertificate.selfSigned("CN=" + client.clientId(), Keys.rsa(2048));

    // Not even a handshake: nothing behind the listener has to distrust it.
    assertThatThrownBy(() -> showing(client, own).par().send())
        .isInstanceOf(UncheckedIOException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsAPatternOfSubjectsThatIsRegisteredAlready(ClientOrigin origin) {
    FapiClient client =
        mtls(origin).attribute(PATTERN, "true").attribute("x509.subjectdn", ".*").register();

    client.par().expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsASubjectThatMatchesTheRegisteredOneOnlyAsAPattern() {
    FapiClient client =
        mtls(ClientOrigin.BEFORE_POLICY).attribute("x509.subjectdn", "CN=clie.t-.*").register();

    client.par().expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.1.2-1")
  void rejectsASubjectAtRegistrationThatIsNotOneExactName() {
    assertThatThrownBy(() -> afterPolicy().attribute(PATTERN, "true").register())
        .hasMessageContaining("400")
        .hasMessageContaining(PATTERN);
    assertThatThrownBy(() -> afterPolicy().attribute("x509.subjectdn", "").register())
        .hasMessageContaining("400")
        .hasMessageContaining("x509.subjectdn");
    assertThatThrownBy(() -> afterPolicy().attribute("x509.subjectdn", "nonsense").register())
        .hasMessageContaining("400");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RejectWeakKeys", value = "FAPI2-SP 5.4.1-2")
  void rejectsACertificateOverAWeakKey(ClientOrigin origin) {
    FapiClient client = mtls(origin).register();
    KeyPair weak = Keys.rsa(1024);

    FapiClient shown = showing(client, pki().clientCa().issue("CN=" + client.clientId(), weak));

    shown.par().expectError(401, "invalid_client");
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientAuth.class,
      names = {"PRIVATE_KEY_JWT", "TLS_CLIENT_AUTH"})
  @Accepts(by = "RequireSenderConstrainedToken", value = "RFC8705 7.1-1")
  void keepsTheGrantOfAClientThatRenewsItsCertificate(ClientAuth auth) {
    FapiClient client =
        TestClient.in(realm)
            .auth(auth)
            .constraint(SenderConstraint.MTLS)
            // Keycloak's own switch would pin the refresh token to the first certificate.
            .attribute("tls.client.certificate.bound.access.tokens", "true")
            .register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    FapiClient renewed = showing(client, pki().clientCa().issue("CN=" + client.clientId()));

    Tokens refreshed = renewed.refresh(tokens).expect();

    assertThat(refreshed.confirmation("x5t#S256"))
        .isNotBlank()
        .isNotEqualTo(tokens.confirmation("x5t#S256"));
    renewed.userinfo(refreshed).expect();
    client.userinfo(refreshed).expectError(401, "invalid_token");
    assertThat(
            realm
                .admin()
                .client(realm.name(), client.clientId())
                .path("attributes")
                .path("tls.client.certificate.bound.access.tokens")
                .asText())
        .isEqualTo("true");
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "RFC8705 7.1-1")
  void rejectsARefreshByAnotherClientWithItsOwnCertificate() {
    FapiClient client = TestClient.in(realm).constraint(SenderConstraint.MTLS).register();
    FapiClient thief = TestClient.in(realm).constraint(SenderConstraint.MTLS).register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    HttpExchange answer = thief.refresh(tokens).expectError("invalid_grant");

    assertThat(answer.status()).isEqualTo(400);
  }

  private static TestClient afterPolicy() {
    return mtls(ClientOrigin.AFTER_POLICY);
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

  private static ObjectNode attributes(ObjectNode client) {
    return client.withObject("/attributes");
  }
}
