package io.github.fapipack.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.RevocationResponder;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients whose certificates are revoked, or about which nobody says anything. */
class RevokedCertificateIT {
  private static final String RULE = "fapi2-reject-revoked-certificate";
  private static final Duration SOON = Duration.ofSeconds(2);

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private RevocationResponder responder;

  @BeforeEach
  void start() {
    responder = RevocationResponder.start(pki().clientCa());
  }

  @AfterEach
  void stop() {
    responder.close();
    realm.configure(RULE, Map.of("answerRequired", "false", "mode", "enforce"));
    realm.configure(RULE, "sources", List.of("ocsp", "crl"));
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RejectRevokedCertificate",
      value = {"RFC5280 6.1.3-1", "RFC6960 2.2-1"})
  void acceptsACertificateThatItsAuthorityCallsGood(ClientOrigin origin) {
    realm.configure(RULE, Map.of("answerRequired", "true"));
    FapiClient client = mtls(origin);

    client.userinfo(client.tokens(TestRealm.USERNAME, realm.password())).expect();

    assertThat(responder.ocspRequests()).as("one answer for all requests").isEqualTo(1);
    assertThat(responder.crlRequests()).isZero();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RejectRevokedCertificate",
      value = {"RFC5280 6.1.3-1", "RFC6960 2.2-1"})
  void rejectsAuthenticationWithARevokedCertificate(ClientOrigin origin) {
    FapiClient client = mtls(origin, responder::revoke);

    HttpExchange answer = client.par().expectError(401, "invalid_client");
    assertThat(answer.json().path("error_description").asText())
        .startsWith("the client certificate has been revoked; use a new certificate")
        .contains(RULE);
    client.clientCredentials().expectError(401, "invalid_client");
    client.introspect("token").expectError(401, "invalid_client");
    client.revoke("token").expectError(401, "invalid_client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ocsp", "crl"})
  void asksTheSourceThatIsSet(String source) {
    realm.configure(RULE, "sources", List.of(source));
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY, responder::revoke);

    client.par().expectError(401, "invalid_client");

    assertThat(responder.ocspRequests()).isEqualTo(source.equals("ocsp") ? 1 : 0);
    assertThat(responder.crlRequests()).isEqualTo(source.equals("crl") ? 1 : 0);
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC6960 2.2-1")
  void rejectsACertificateThatItsAuthorityDoesNotKnow() {
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY, responder::forget);

    client.par().expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void rejectsACertificateOfARevokedAuthority() {
    CertificateAuthority middle = responder.authority().subordinate("CN=middle");
    try (RevocationResponder below = RevocationResponder.start(middle)) {
      FapiClient client = registered(ClientAuth.TLS_CLIENT_AUTH, ClientOrigin.AFTER_POLICY);
      ClientCertificate certificate = below.authority().issue("CN=" + client.clientId());
      responder.revoke(middle.certificate());

      showing(client, certificate).par().expectError(401, "invalid_client");
    }
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void rejectsACertificateThatIsRevokedAfterItsFirstUse() {
    responder.lasting(SOON);
    FapiClient client = registered(ClientAuth.TLS_CLIENT_AUTH, ClientOrigin.AFTER_POLICY);
    ClientCertificate certificate = responder.authority().issue("CN=" + client.clientId());
    FapiClient shown = showing(client, certificate);
    shown.par().expect();

    responder.revoke(certificate.certificate());

    Await.atMost(Duration.ofSeconds(20))
        .until(
            "refusal after the first answer has ended", () -> shown.par().send().status() == 401);
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void rejectsTokensBoundToARevokedCertificate() {
    FapiClient client = registered(ClientAuth.PRIVATE_KEY_JWT, ClientOrigin.AFTER_POLICY);
    ClientCertificate certificate = responder.authority().issue("CN=anything");
    responder.revoke(certificate.certificate());
    FapiClient shown = showing(client, certificate);

    HttpExchange answer = shown.clientCredentials().expectError(400, "invalid_request");
    assertThat(answer.json().path("error_description").asText())
        .contains("the client certificate has been revoked");
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void aProofDoesNotDistractFromTheCertificateToWhichTokensAreBound() {
    FapiClient client = registered(ClientAuth.PRIVATE_KEY_JWT, ClientOrigin.AFTER_POLICY);
    ObjectNode stored = realm.admin().client(realm.name(), client.clientId());
    stored.withObject("/attributes").put("tls.client.certificate.bound.access.tokens", "true");
    String path = "/" + realm.name() + "/clients/" + stored.path("id").asText();
    realm.admin().send("PUT", path, stored);
    ClientCertificate certificate = responder.authority().issue("CN=anything");
    responder.revoke(certificate.certificate());
    FapiClient both = showing(client, certificate).but().constraint(SenderConstraint.DPOP).build();

    both.clientCredentials().withCertificate().expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void acceptsACodeAgainWithANewCertificate() {
    FapiClient client = registered(ClientAuth.PRIVATE_KEY_JWT, ClientOrigin.AFTER_POLICY);
    ClientCertificate revoked = responder.authority().issue("CN=anything");
    responder.revoke(revoked.certificate());
    var authorized = client.authorize(TestRealm.USERNAME, realm.password());

    showing(client, revoked).token(authorized).expectError(400, "invalid_request");
    showing(client, responder.authority().issue("CN=new")).token(authorized).expect();
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void rejectsTheUseOfATokenWhoseCertificateIsRevoked() {
    responder.lasting(SOON);
    FapiClient client = registered(ClientAuth.PRIVATE_KEY_JWT, ClientOrigin.AFTER_POLICY);
    ClientCertificate certificate = responder.authority().issue("CN=anything");
    FapiClient shown = showing(client, certificate);
    Tokens tokens = shown.tokens(TestRealm.USERNAME, realm.password());
    shown.userinfo(tokens).expect();

    responder.revoke(certificate.certificate());

    Await.atMost(Duration.ofSeconds(20))
        .until("refusal at userinfo", () -> shown.userinfo(tokens).send().status() == 401);
    shown.userinfo(tokens).expectError(401, "invalid_token");
  }

  @Test
  @Accepts(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void acceptsWhateverCertificateIsShownWithAProof() {
    FapiClient client = TestClient.in(realm).auth(ClientAuth.PRIVATE_KEY_JWT).register();
    ClientCertificate revoked = responder.authority().issue("CN=anything");
    responder.revoke(revoked.certificate());

    showing(client, revoked).clientCredentials().withCertificate().expect();

    assertThat(responder.ocspRequests()).isZero();
  }

  @Test
  @Accepts(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void acceptsACertificateWithoutAnswerUnlessOneIsRequired() {
    responder.failing(503);
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY);

    client.par().expect();
    assertThat(responder.ocspRequests()).isEqualTo(1);
    assertThat(responder.crlRequests()).isEqualTo(1);
    client.par().expect();
    assertThat(responder.ocspRequests()).as("left alone for a while").isEqualTo(1);
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void rejectsACertificateWithoutAnswerIfOneIsRequired() {
    realm.configure(RULE, Map.of("answerRequired", "true"));
    responder.failing(503);
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY);

    HttpExchange answer = client.par().expectError(401, "invalid_client");
    assertThat(answer.json().path("error_description").asText())
        .startsWith("nobody says whether the client certificate has been revoked; try again later");
    registered(ClientAuth.TLS_CLIENT_AUTH, ClientOrigin.AFTER_POLICY)
        .par()
        .expectError(401, "invalid_client");
  }

  @Test
  @Rejects(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void rejectsACertificateWhoseResponderDrips() {
    realm.configure(RULE, Map.of("answerRequired", "true"));
    responder.handling(RevokedCertificateIT::dripping, RevokedCertificateIT::dripping);
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY);

    client.par().expectError(401, "invalid_client");
  }

  @Test
  @Accepts(by = "RejectRevokedCertificate", value = "RFC5280 6.1.3-1")
  void refusesNothingInReportMode() {
    realm.configure(RULE, Map.of("mode", "report"));
    FapiClient client = mtls(ClientOrigin.AFTER_POLICY, responder::revoke);

    client.userinfo(client.tokens(TestRealm.USERNAME, realm.password())).expect();

    assertThat(responder.ocspRequests()).isEqualTo(1);
  }

  /** What is done to the state of a certificate before it is used. */
  private interface Fate {
    void befall(java.security.cert.X509Certificate certificate);
  }

  private FapiClient mtls(ClientOrigin origin) {
    return mtls(origin, certificate -> {});
  }

  private FapiClient mtls(ClientOrigin origin, Fate fate) {
    FapiClient client = registered(ClientAuth.TLS_CLIENT_AUTH, origin);
    ClientCertificate certificate = responder.authority().issue("CN=" + client.clientId());
    fate.befall(certificate.certificate());
    return showing(client, certificate);
  }

  private static FapiClient registered(ClientAuth auth, ClientOrigin origin) {
    return TestClient.in(realm)
        .made(origin)
        .auth(auth)
        .constraint(SenderConstraint.MTLS)
        .register();
  }

  private static FapiClient showing(FapiClient client, ClientCertificate certificate) {
    return client.but().tls(pki(), certificate).build();
  }

  private static Pki pki() {
    return realm.server().pki();
  }

  private static void dripping(com.sun.net.httpserver.HttpExchange exchange)
      throws java.io.IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 60; i++) {
      exchange.getResponseBody().write(48);
      exchange.getResponseBody().flush();
      Await.pass(Duration.ofMillis(500));
    }
  }
}
